"""A topic of one's own: three short articles in two languages, and what two coders find in them."""

GAZETTE = """The port stays open, the council said. It means to say more before the summer ends.

The harbour union did not speak. It walked out.

The council wants no nights for the crews, and none for the pilots."""
GAZETTE_NOW = """It means to say more before the summer ends.

The harbour union did not speak. It walked out.

The council wants no nights for the crews, and few for the pilots.

The port stays open, the council said."""
COURIER = """The council wants the port shut by autumn. The harbour union rejects any closure.

The shipowners would accept a closure. The council offers night work. The union is silent on it."""
QUAI = """Le conseil veut fermer le port. Le syndicat du port s'y oppose.

Les armateurs ne se prononcent pas. Le conseil propose le travail de nuit. Le syndicat se tait."""
CLOSING, NIGHTS = "Closing the port", "Night work"
NEITHER, DECLINES, SETTLED = (
    "Neither for nor against",
    "Declines to answer",
    "Not up for discussion",
)
# Of each sentence: who, on what, and the stance that Ann and that Ben code.
CODED = {
    "The council wants the port shut by autumn.": ("Council", CLOSING, "For", "For"),
    "The harbour union rejects any closure.": ("Harbour union", CLOSING, "Against", "Against"),
    "The shipowners would accept a closure.": ("Shipowners", CLOSING, "For", NEITHER),
    "The council offers night work.": ("Council", NIGHTS, "Yes", "Yes"),
    "The union is silent on it.": ("Harbour union", NIGHTS, "No", SETTLED),
    "Le conseil veut fermer le port.": ("Council", CLOSING, "For", "For"),
    "Le syndicat du port s'y oppose.": ("Syndicat du port", CLOSING, "Against", "Against"),
    "Les armateurs ne se prononcent pas.": ("Shipowners", CLOSING, NEITHER, DECLINES),
    "Le conseil propose le travail de nuit.": ("Council", NIGHTS, "Yes", "Yes"),
    "Le syndicat se tait.": ("Syndicat du port", NIGHTS, SETTLED, SETTLED),
}
