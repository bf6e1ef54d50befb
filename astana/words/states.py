"""By what words a text tells of a state without its name: its people, its seat, its offices.

English words, and what other languages call the same by the Unicode locale data. That a city stands
beside a state says what texts mean by its name, and nothing of whose it is.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from astana.words.normalise import normalise

# Names; seats and offices that stand for the state; people. Names first, the usual one before all.
_STATES = """
Afghanistan; Islamic Emirate | Kabul | Afghan
Albania | Tirana |
Algeria | Algiers |
Andorra | Andorra la Vella |
Angola | Luanda |
Argentina | Buenos Aires; Casa Rosada | Argentine
Armenia | Yerevan |
Australia | Canberra |
Austria | Vienna; Ballhausplatz |
Azerbaijan | Baku | Azeri
Bahrain | Manama |
Bangladesh | Dhaka | Bengali
Belarus | Minsk |
Belgium | | Belgian
Benin | Porto-Novo; Cotonou |
Bhutan | Thimphu |
Bolivia | La Paz; Sucre |
Bosnia and Herzegovina; Bosnia | Sarajevo |
Botswana | Gaborone |
Brazil | Brasília; Itamaraty |
Bulgaria | Sofia |
Burkina Faso | Ouagadougou | Burkinabe
Burundi | Gitega; Bujumbura |
Cambodia | Phnom Penh | Khmer
Cameroon | Yaoundé |
Canada | Ottawa | Canadian
Central African Republic | Bangui |
Chad | N'Djamena |
Chile | La Moneda |
China; People's Republic of China; PRC | Beijing; Peking; Zhongnanhai | Chinese
Colombia | Bogotá |
Congo; DRC | Kinshasa; Brazzaville | Congolese
Costa Rica | | Costa Rican
Croatia | Zagreb | Croat
Cuba | Havana |
Cyprus | Nicosia | Cypriot
Czech Republic; Czechia | Prague | Czech
Denmark | Copenhagen; Christiansborg | Danish
Djibouti | |
Ecuador | Quito | Ecuadorean
Egypt | Cairo |
El Salvador | San Salvador | Salvadoran
Eritrea | Asmara |
Estonia | Tallinn |
Eswatini; Swaziland | Mbabane | Swazi
Ethiopia | Addis Ababa |
European Union; EU | Brussels; European Commission; Berlaymont | European
Finland | Helsinki | Finnish; Finns
France | Paris; Élysée; Quai d'Orsay; Matignon | French; Frenchman
Gabon | Libreville |
Gambia | Banjul |
Georgia | Tbilisi |
Germany | Berlin; Bundestag; Federal Chancellery | German
Ghana | Accra |
Greece | Athens | Greek; Hellenic
Guatemala | |
Guinea | Conakry |
Guyana | | Guyanese
Haiti | Port-au-Prince |
Holy See; Vatican; Vatican City | | Papal; Pope
Honduras | Tegucigalpa |
Hungary | Budapest | Magyar
Iceland | Reykjavik |
India | New Delhi; Delhi; South Block |
Indonesia | Jakarta |
Iran; Islamic Republic | Tehran | Persian
Iraq | Baghdad |
Ireland | Dublin; Taoiseach; Tánaiste; Dáil | Irish
Israel | Jerusalem; Tel Aviv; Knesset | Israeli
Italy | Rome; Farnesina; Quirinale; Palazzo Chigi |
Ivory Coast; Côte d'Ivoire | Yamoussoukro; Abidjan | Ivorian
Jamaica | |
Japan | Tokyo | Japanese
Jordan | Amman; Hashemite |
Kazakhstan | Astana; Nur-Sultan; Akorda | Kazakh
Kenya | Nairobi |
Kosovo | Pristina | Kosovar
Kuwait | |
Kyrgyzstan; Kyrgyz Republic | Bishkek | Kyrgyz
Laos | Vientiane | Lao
Latvia | Riga |
Lebanon | Beirut | Lebanese
Lesotho | Maseru | Basotho
Liberia | Monrovia |
Libya | Tripoli; Tobruk |
Liechtenstein | Vaduz |
Lithuania | Vilnius |
Luxembourg | |
Madagascar | Antananarivo | Malagasy
Malawi | Lilongwe |
Malaysia | Kuala Lumpur; Putrajaya | Malay
Maldives | | Maldivian
Mali | Bamako |
Malta | Valletta | Maltese
Mauritania | Nouakchott |
Mauritius | Port Louis |
Mexico | Los Pinos | Mexican
Moldova | Chișinău; Chisinau |
Monaco | | Monegasque
Mongolia | Ulaanbaatar | Mongol
Montenegro | Podgorica |
Morocco | Rabat | Moroccan
Mozambique | Maputo | Mozambican
Myanmar; Burma | Naypyidaw; Yangon | Burmese
Namibia | Windhoek |
NATO; North Atlantic Treaty Organization | North Atlantic Council |
Nepal | Kathmandu |
Netherlands; Holland | The Hague; Binnenhof | Dutch
New Zealand | Wellington | New Zealander
Nicaragua | Managua |
Niger | Niamey |
Nigeria | Abuja |
North Korea; DPRK; Democratic People's Republic of Korea | Pyongyang |
North Macedonia; Macedonia | Skopje |
Norway | Oslo; Storting | Norwegian
Oman | Muscat |
Pakistan | Islamabad; Rawalpindi |
Palestine; Palestinian Authority; Palestinian Territories | Ramallah | Palestinian
Panama | | Panamanian
Papua New Guinea | Port Moresby | Papuan
Paraguay | Asunción |
Peru | Lima | Peruvian
Philippines | Manila; Malacañang | Filipino; Philippine
Poland | Warsaw; Sejm | Polish
Portugal | Lisbon | Portuguese
Qatar | Doha |
Romania | Bucharest |
Russia; Russian Federation; Soviet Union; USSR | Moscow; Kremlin; State Duma; Smolenskaya | Russian
Rwanda | Kigali |
Saudi Arabia; KSA | Riyadh | Saudi
Senegal | Dakar |
Serbia | Belgrade | Serb
Sierra Leone | Freetown |
Singapore | |
Slovakia | Bratislava | Slovak
Slovenia | Ljubljana | Slovene
Somalia | Mogadishu; Villa Somalia | Somali
South Africa | Pretoria | South African
South Korea; Republic of Korea; ROK | Seoul; Blue House | Korean
South Sudan | Juba |
Spain | Madrid; Moncloa | Spanish; Spaniard
Sri Lanka | Colombo | Sri Lankan
Sudan | Khartoum |
Suriname | Paramaribo |
Sweden | Stockholm; Riksdag | Swedish; Swede
Switzerland; Swiss Confederation | Bern; Berne | Swiss
Syria; Syrian Arab Republic | Damascus | Syrian
Taiwan; Republic of China | Taipei |
Tajikistan | Dushanbe | Tajik
Tanzania | Dodoma; Dar es Salaam |
Thailand | Bangkok | Thai
Togo | Lomé |
Tunisia | Carthage Palace |
Turkey; Türkiye; Turkiye | Ankara; Beştepe | Turkish; Turk
Turkmenistan | Ashgabat | Turkmen
Uganda | Kampala |
Ukraine | Kyiv; Kiev; Verkhovna Rada; Bankova |
United Arab Emirates; UAE | Abu Dhabi | Emirati
United Kingdom; UK; Britain; Great Britain; England | London; Downing Street; Whitehall; Foreign Office; House of Commons; Westminster | British; Briton
United Nations; UN | Turtle Bay; Secretary-General; Palais des Nations |
United States; United States of America; US; USA; America; Americas | Washington; White House; State Department; Department of State; Pentagon; Capitol Hill; Oval Office; Secretary of State; Secretary of Defense; Defense Secretary; Defence Secretary; Foggy Bottom; CIA; CENTCOM | American
Uruguay | Montevideo |
Uzbekistan | Tashkent | Uzbek
Venezuela | Caracas; Miraflores |
Vietnam; Viet Nam | Hanoi | Vietnamese
Yemen | Sanaa; Sana'a; Aden |
Zambia | Lusaka |
Zimbabwe | Harare |
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class State:
    """The words that tell of a state: its names, its seats and offices, its people."""

    names: tuple[str, ...]
    seats: tuple[str, ...]
    people: tuple[str, ...]


def _state(line: str) -> State:
    parts = [[word.strip() for word in part.split(";")] for part in line.split("|")]
    names, seats, people = (tuple(filter(None, words)) for words in parts)
    return State(names, seats, people)


_ALL = [_state(line) for line in _STATES.strip().splitlines()]
_KNOWN = [(f" {normalise(word)} ", one) for one in _ALL for word in one.names + one.people]


@lru_cache(maxsize=10_000)
def states_named(name: str) -> tuple[State, ...]:
    """Return the states that the name of an actor names, as Russian Ministry of Defence does."""
    words = f" {normalise(name)} "
    return tuple({one.names: one for known, one in _KNOWN if known in words}.values())


def also_called(word: str, language: str) -> frozenset[str]:
    """Return what texts in a language call a state, a city or a people of these English words.

    Of cities those are known that time zones are named after, of peoples those of a language.
    """
    return _local_names(language).get(_key(word), frozenset())


@lru_cache(maxsize=64)
def _local_names(language: str) -> dict[str, frozenset[str]]:
    """Return, by their English words, the names that the locale data of a language have."""
    try:
        local = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return {}
    english = Locale("en")
    names = defaultdict(set)
    for ours, theirs in (
        (english.territories, local.territories),
        (english.languages, local.languages),
    ):
        for code in ours.keys() & theirs.keys():
            names[_key(ours[code])].add(theirs[code])
    for zone, called in local.time_zones.items():
        if city := called.get("city"):
            names[_key(zone.rpartition("/")[2].replace("_", " "))].add(city)
    return {word: frozenset(found) for word, found in names.items()}


def _key(word: str) -> str:
    """Return English words as they are compared: Myanmar (Burma) is Myanmar."""
    return normalise(re.sub(r" \(.*| - .*", "", word).replace("&", "and"))
