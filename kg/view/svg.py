"""A network -> a still picture for reports: SVG written from the same layout as the page's, PNG made of it.

The writer is our own, as the layout has measured and placed everything already: the picture is that of the page, its
words can be searched, and the same network gives the same bytes. A drawing library would lay it out anew, in another
look. PNG is made of the SVG by resvg (`newskg[png]`), one wheel of 3 MB without system libraries; cairosvg wants
libcairo, and matplotlib would draw all of it a second time, another way.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from kg.errors import UsageError
from kg.view.network import Graph
from kg.view.picture import LINE_TEXT, Mark, Picture, Strand, leads, picture
from kg.view.text import clean, text_width

Point = tuple[float, float]
Way = tuple[Point, Point, Point]  # where a line begins, the point it bends towards, where it ends
Rect = tuple[float, float, float, float]  # left, top, right, bottom

MARGIN = 40
FACE = "DejaVu Sans, Liberation Sans, Arial, sans-serif"
INK, PAPER, SOFT = "#1b2230", "#ffffff", "#5b6576"
# kind: shape, fill, border, words; as in assets/look.js, in its light dress
KINDS = {
    "Organization": ("box", "#0b62a8", "#0b62a8", "#ffffff"), "Person": ("pill", "#b04a00", "#b04a00", "#ffffff"),
    "Place": ("hexagon", "#00735a", "#00735a", "#ffffff"), "Product": ("cut", "#d3ebfa", "#2f87bd", "#10303f"),
    "Work": ("fold", "#f8dcec", "#b5578c", "#4a1a37"), "Law": ("double", "#eceae0", "#7d7654", "#37331f"),
    "Group": ("pill", "#fff0cc", "#b98200", "#453000"), "Event": ("flag", "#3a4354", "#3a4354", "#ffffff"),
    "Amount": ("text", "#f4f3ee", "none", "#5a4a00"), "Concept": ("box", "#ffffff", "#b9c0cb", "#424b5a"),
    "Other": ("box", "#e6e9ee", "#7b8596", "#262d39"),
}  # fmt: skip
# status: colour, width, dashes, name
LINES = {
    "asserted": ("#4a5465", 2.0, "", "fact"), "reported": ("#4a5465", 2.0, "8 5", "reported"),
    "possible": ("#6b7586", 1.0, "2 4", "possible or future"), "denied": ("#c8321e", 2.0, "14 4 2 4", "denied"),
    "disputed": ("#c8321e", 2.0, "14 4 2 4", "disputed"), "said": ("#b07a3c", 1.4, "1 5", "who spoke of whom"),
}  # fmt: skip


def svg(network: Graph, *, title: str, limit: int = 300) -> str:
    """The picture of a network as SVG text, with its legend; of more than ``limit`` nodes the most connected ones.

    It holds what a page shows at first sight: no line that is only possible or denied, unless there is nothing else.
    """
    drawn = picture(network, limit=limit)
    marks = {mark.key: mark for mark in _shown(drawn)}
    strands = [s for s in drawn.strands if s.source in marks and s.target in marks and _first(s, drawn)]
    linked = {end for strand in strands for end in (strand.source, strand.target)}
    marks = {key: mark for key, mark in marks.items() if key in linked or not linked}
    left, top, right, bottom = _extent(marks.values())
    right = max(right, left + 760)
    rest = f" — without {drawn.left_out:,} less connected things" if drawn.left_out else ""
    legend = _legend(marks.values(), strands, left, bottom + 26, right - left)
    height = bottom + 60 + 22 * legend.count("<!--row-->") - top
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top - 34} {right - left} {height + 34}" '
        f'width="{right - left}" height="{height + 34}" font-family={quoteattr(FACE)} role="img">',
        f"<title>{_text(title, 200)}</title>",
        f'<rect x="{left}" y="{top - 34}" width="{right - left}" height="{height + 34}" fill="{PAPER}"/>',
        f'<text x="{left + 16}" y="{top - 10}" font-size="18" font-weight="600" fill="{INK}">{_text(title, 100)}'
        f'<tspan font-size="13" font-weight="400" fill="{SOFT}">{rest}</tspan></text>',
        *(_line(strand, marks) for strand in strands),
        *_words(strands, marks),
        *(_mark(mark) for mark in marks.values()),
        legend.replace("<!--row-->", ""),
        "</svg>\n",
    ]
    return "\n".join(part for part in parts if part)


def png(network: Graph, *, title: str, limit: int = 300, zoom: int = 2) -> bytes:
    """The same picture as PNG, ``zoom`` pixels for each of the SVG's, its words in fonts that this machine has.

    Raises UsageError where resvg is not installed.
    """
    try:
        import resvg_py
    except ImportError as error:
        raise UsageError(
            "PNG needs resvg; install it with: pip install 'newskg[png]' — or write .svg, which needs nothing"
        ) from error
    text = svg(network, title=title, limit=limit)
    return bytes(resvg_py.svg_to_bytes(svg_string=text, zoom=zoom))


def _shown(drawn: Picture) -> list[Mark]:
    return [mark for mark in drawn.marks if mark.first] or drawn.marks


def _first(strand: Strand, drawn: Picture) -> bool:
    if not any(one.status in ("asserted", "reported") for one in drawn.strands):
        return True
    return strand.status in ("asserted", "reported") and (strand.layer != "said" or strand.first)


def _extent(marks: Iterable[Mark]) -> tuple[int, int, int, int]:
    sides = [(m.x - m.width / 2, m.y - m.height / 2, m.x + m.width / 2, m.y + m.height / 2) for m in marks]
    if not sides:
        return 0, 0, 400, 100
    low = [math.floor(min(side[i] for side in sides)) - MARGIN for i in (0, 1)]
    high = [math.ceil(max(side[i] for side in sides)) + MARGIN for i in (2, 3)]
    return low[0], low[1], high[0], high[1]


def _look(mark: Mark) -> tuple[str, str, str, str]:
    kind = "Amount" if mark.node.kind in ("Time", "Literal") else mark.node.kind
    return KINDS.get(kind, KINDS["Other"])


def _mark(mark: Mark) -> str:
    """A node: its shape, and its words in lines."""
    shape, fill, border, ink = _look(mark)
    bold = ' font-weight="600"' if leads(mark.node) or mark.node.kind == "Event" else ""
    row = mark.size * 1.22
    y = mark.y - (len(mark.lines) * row + len(mark.detail) * 15) / 2 + row / 2
    rows = []
    for i, (line, size, step) in enumerate(
        [(line, mark.size, row) for line in mark.lines] + [(line, 13.0, 15.0) for line in mark.detail]
    ):
        y += (15 - row) / 2 if i == len(mark.lines) else 0
        weight = bold if i < len(mark.lines) else ""
        rows.append(f'<text x="{mark.x}" y="{y:.1f}" dy=".35em" font-size="{size}"{weight}>{_text(line, 120)}</text>')
        y += step
    body = _shape(shape, mark.x, mark.y, mark.width, mark.height)
    return (
        f'<g text-anchor="middle" fill="{ink}"><title>{_text(mark.node.label, 300)}</title>'
        f'<g fill="{fill}" stroke="{border}" stroke-width="1.5">{body}</g>{"".join(rows)}</g>'
    )


def _shape(shape: str, x: float, y: float, w: float, h: float) -> str:
    left, right, top, bottom, c = x - w / 2, x + w / 2, y - h / 2, y + h / 2, min(h * 0.3, 9)
    corners = {
        "hexagon": [(left, y), (left + c, top), (right - c, top), (right, y), (right - c, bottom), (left + c, bottom)],
        "cut": [(left, top + c), (left + c, top), (right - c, top), (right, top + c), (right, bottom - c),
                (right - c, bottom), (left + c, bottom), (left, bottom - c)],
        "flag": [(left, top), (right - c, top), (right, y), (right - c, bottom), (left, bottom), (left + c * 0.7, y)],
        "fold": [(left, top), (right - c, top), (right, top + c), (right, bottom), (left, bottom)],
    }.get(shape)  # fmt: skip
    if corners:
        points = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
        return f'<polygon points="{points}"/>'
    round_ = {"pill": min(h / 2, 18), "text": 3}.get(shape, 5)
    inner = f'<rect x="{left + 2.5:.1f}" y="{top + 2.5:.1f}" width="{w - 5:.1f}" height="{h - 5:.1f}"/>'
    outer = f'<rect x="{left:.1f}" y="{top:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{round_:.1f}"/>'
    return outer + (inner if shape == "double" else "")


def _way(strand: Strand, marks: dict[str, Mark]) -> Way:
    """Where a line begins, the point it bends towards, and where it ends, at the rims of its nodes."""
    a, b = marks[strand.source], marks[strand.target]
    dx, dy = b.x - a.x, b.y - a.y
    bend = ((a.x + b.x) / 2 + dy * strand.bend, (a.y + b.y) / 2 - dx * strand.bend)
    return _rim(a, *bend), bend, _rim(b, *bend)


def _rim(mark: Mark, x: float, y: float) -> tuple[float, float]:
    """Where the way from the middle of a node to a point leaves its box."""
    dx, dy = x - mark.x, y - mark.y
    if not dx and not dy:
        return float(mark.x), float(mark.y)
    share = min(
        (mark.width / 2 + 2) / abs(dx) if dx else math.inf, (mark.height / 2 + 2) / abs(dy) if dy else math.inf, 1.0
    )
    return mark.x + dx * share, mark.y + dy * share


def _style(strand: Strand) -> tuple[str, float, str, str]:
    return LINES["said" if strand.layer == "said" else strand.status]


def _line(strand: Strand, marks: dict[str, Mark]) -> str:
    (ax, ay), (cx, cy), (bx, by) = _way(strand, marks)
    colour, width, dashes, _ = _style(strand)
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    head = "" if strand.layer == "role" else _head(cx, cy, bx, by, colour)
    return (
        f'<path d="M{ax:.1f} {ay:.1f}Q{cx:.1f} {cy:.1f} {bx:.1f} {by:.1f}" fill="none" stroke="{colour}" '
        f'stroke-width="{width if strand.layer != "role" else min(width, 1.3)}"{dash}/>{head}'
    )


def _head(cx: float, cy: float, x: float, y: float, colour: str) -> str:
    """The tip of an arrow that comes from c."""
    far = math.sqrt((x - cx) ** 2 + (y - cy) ** 2) or 1.0
    ux, uy = (x - cx) / far, (y - cy) / far
    left, right = (x - 9 * ux - 3.6 * uy, y - 9 * uy + 3.6 * ux), (x - 9 * ux + 3.6 * uy, y - 9 * uy - 3.6 * ux)
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in ((x, y), left, right))
    return f'<polygon points="{points}" fill="{colour}"/>'


def _words(strands: Iterable[Strand], marks: dict[str, Mark]) -> Iterator[str]:
    """The words on lines, each where it covers no name and no other words; where there is no room, none."""
    taken = [(m.x - m.width / 2, m.y - m.height / 2, m.x + m.width / 2, m.y + m.height / 2) for m in marks.values()]
    told = (strand for strand in strands if strand.layer != "said")
    for strand in sorted(told, key=lambda s: (s.layer == "role", s.status != "asserted")):
        size = LINE_TEXT - (1 if strand.layer == "fact" else 2)
        for lines in (strand.lines, strand.lines[:1]):
            wide, high = max(text_width(line, size) for line in lines) + 4, len(lines) * size * 1.2
            where = _room(_way(strand, marks), strand.at, wide, high, taken)
            if where:
                taken.append((where[0] - wide / 2, where[1] - high / 2, where[0] + wide / 2, where[1] + high / 2))
                yield _patch(lines, *where, wide, high, size, SOFT if strand.layer == "role" else _style(strand)[0])
                break


def _room(way: Way, first: float, wide: float, high: float, taken: Sequence[Rect]) -> tuple[float, float] | None:
    """The first place along a line where so large a patch covers nothing."""
    for t in (first, 0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75):
        x, y = ((1 - t) ** 2 * p + 2 * t * (1 - t) * q + t * t * r for p, q, r in zip(*way, strict=True))
        left, top, right, bottom = x - wide / 2, y - high / 2, x + wide / 2, y + high / 2
        if all(right <= a or left >= c or bottom <= b or top >= d for a, b, c, d in taken):
            return x, y
    return None


def _patch(lines: Sequence[str], x: float, y: float, wide: float, high: float, size: float, colour: str) -> str:
    """Words in lines, on a patch of paper."""
    step, first = size * 1.2, y - (len(lines) - 1) / 2 * size * 1.2
    rows = "".join(
        f'<text x="{x:.1f}" y="{first + i * step:.1f}" dy=".35em">{_text(line, 60)}</text>'
        for i, line in enumerate(lines)
    )
    return (
        f'<rect x="{x - wide / 2:.1f}" y="{y - high / 2:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{PAPER}" '
        f'fill-opacity=".85"/><g text-anchor="middle" font-size="{size}" fill="{colour}">{rows}</g>'
    )


def _legend(marks: Iterable[Mark], strands: Iterable[Strand], left: float, top: float, room: float) -> str:
    """Which shape and colour is which kind, which line is how sure; as many rows as it takes."""
    present = {"Amount" if m.node.kind in ("Time", "Literal") else m.node.kind for m in marks}
    there = {"said" if strand.layer == "said" else strand.status for strand in strands}
    entries = [(name, _shape(look[0], 11, 0, 22, 13), look) for name, look in KINDS.items() if name in present]
    parts, x, y = ["<!--row-->"], left + 16, top
    for name, body, look in entries:
        words = {"Concept": "Common noun", "Amount": "Amount, time", "Group": "Group of people"}.get(name, name)
        x, y = _next(parts, x, y, left, room, words)
        parts.append(f'<g transform="translate({x:.1f} {y:.1f})" fill="{look[1]}" stroke="{look[2]}">{body}</g>')
        parts.append(_told(x + 28, y, words))
        x += 28 + text_width(words, 12) + 18
    for status, (colour, width, dashes, words) in LINES.items():
        if status in there:
            x, y = _next(parts, x, y, left, room, words)
            dash = f' stroke-dasharray="{dashes}"' if dashes else ""
            parts.append(f'<path d="M{x:.1f} {y:.1f}h26" stroke="{colour}" stroke-width="{width}"{dash} fill="none"/>')
            parts.append(_told(x + 32, y, words))
            x += 32 + text_width(words, 12) + 18
    return "\n".join(parts)


def _next(parts: list[str], x: float, y: float, left: float, room: float, words: str) -> tuple[float, float]:
    """The place of the next entry of the legend, in a new row where this one is full."""
    if x + 32 + text_width(words, 12) <= left + room - 16 or x == left + 16:
        return x, y
    parts.append("<!--row-->")
    return left + 16, y + 22


def _told(x: float, y: float, words: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" dy=".35em" font-size="12" fill="{SOFT}">{_text(words, 40)}</text>'


def _text(text: str, limit: int) -> str:
    """Words as XML has them: nothing that begins a tag, and no character that XML forbids."""
    return escape(clean(text, limit=limit))
