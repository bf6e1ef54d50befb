"""The tables and columns of the format as seeds/README.md has to show them."""

from astana.exchange.table import Column, Table
from astana.exchange.tables import BY_NAME, TABLES


def documented() -> str:
    """Return the reference of the format in Markdown, made from the tables."""
    return "\n".join(_section(table) for table in TABLES)


def _section(table: Table) -> str:
    lines = [
        f"## {table.file}",
        "",
        f"{table.description} Key: {', '.join(f'`{name}`' for name in table.key)}.",
        "",
        "| Column | Holds | |",
        "|---|---|---|",
        *(
            f"| `{column.name}` | {_holds(table, column)} | {column.description} |"
            for column in table.columns
        ),
        "",
    ]
    return "\n".join(lines)


def _holds(table: Table, column: Column) -> str:
    for reference in table.references:
        if reference.columns[-1] == column.name and len(reference.columns) == 1:
            kind = f"`{BY_NAME[reference.table].file}`"
            break
    else:
        kind = " / ".join(table.choices(column)) or column.kind
    return f"{kind}, required" if column.is_required else kind
