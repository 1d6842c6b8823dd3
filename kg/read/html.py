"""One HTML page -> Article, through trafilatura; nothing is fetched.

The date comes only from where a page states it (metadata, a marked element, the URL): a general date finder takes
any date in the text or a picture's name, and a wrong date makes every "yesterday" wrong.
"""

from __future__ import annotations

import codecs
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from kg.errors import InputError
from kg.read.clean import day
from kg.read.fields import OnError, article
from kg.read.stream import Source, decode, encoding
from kg.records import Article, Finding

PAGE_LIMIT = 10_000_000
"""The largest page that is parsed, in bytes."""
ELEMENT_LIMIT = 50_000
"""The most elements; news pages have some thousands, and finding the article among 300,000 takes minutes."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_CHARSETS = re.compile(
    r"(?:iso-?8859|latin|windows|cp)[-_]?\d+|koi8[-_][ru]|gb(?:k|2312|18030)|big5|shift[-_]jis|euc[-_](?:jp|kr)"
)
_META = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued",
    "dcterms.created", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date",
    "publication_date", "article.published", "og:article:published_time", "citation_publication_date",
    "cxenseparse:recs:publishtime",
)  # fmt: skip
_LOWER = "translate(@{0}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
_OUTSIDE = "not(ancestor::aside or ancestor::footer or ancestor::nav)"
_URL_DAY = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)", re.ASCII)


def read_page(source: Source, *, on_error: OnError, crawled: bool = False) -> Iterator[Article]:
    """The one article of a page. Raises InputError where none is found.

    Of pages that a crawler met (``crawled``), one that does not say it is an article is none.
    """
    from trafilatura import bare_extraction, load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what goes wrong is said by the finding
    page = _decoded(source, on_error)
    if sum(1 for _ in re.finditer("<[A-Za-z]", page)) > ELEMENT_LIMIT:
        raise InputError(source.name, f"the page has more than {ELEMENT_LIMIT:,} elements; left out")
    if not re.search(r"<(?:html|body)\b", page, re.IGNORECASE):
        page = f"<html><body>{page}</body></html>"  # trafilatura refuses fragments
    try:
        tree: Any = load_html(page)
        if crawled and (tree is None or not _is_article(tree)):
            return
        date = published(tree) if tree is not None else None
        found: Any = tree is not None and bare_extraction(
            tree, include_comments=False, include_tables=False, with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2100-01-01"},
        )  # fmt: skip
    except Exception as error:  # a parser of hostile pages: whatever it raises is about this page
        raise InputError(source.name, f"the page cannot be parsed ({type(error).__name__}); left out") from None
    if not found or not found.text:
        raise InputError(source.name, "no article was found in the page; left out")
    values = {"text": re.sub(r"\n+", "\n\n", found.text), "title": found.title, "url": found.url or source.address,
              "publisher": found.sitename, "date": date or _day_in(found.url or source.address)}  # fmt: skip
    yield article({name: value for name, value in values.items() if value}, source=source.name, on_error=on_error)


def _is_article(tree: Any) -> bool:
    """Whether a page says that it is an article: by its Open Graph type, its JSON-LD, or one ``article`` element."""
    kind = tree.xpath("string(//meta[@property='og:type']/@content)").strip().lower()
    if kind:
        return bool(kind.endswith("article"))
    return bool(next(_linked_articles(tree), None)) or len(tree.xpath("//article")) == 1


def _decoded(source: Source, on_error: OnError) -> str:
    """The page as text: byte order mark, UTF-8 where it is valid, the declared charset, Windows-1252."""
    source.file.seek(0)
    data = source.file.read(PAGE_LIMIT + 1)
    if len(data) > PAGE_LIMIT:
        raise InputError(source.name, f"the page is larger than {PAGE_LIMIT:,} bytes; left out")
    text, wrong = decode(data)
    if not wrong or encoding(data):
        return text.lstrip("\ufeff")
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii", "ignore").lower() if declared else ""
    if _CHARSETS.fullmatch(name) and _exists(name):
        # what is called Latin-1 is Windows-1252 everywhere on the web (WHATWG Encoding Standard)
        return data.decode("cp1252" if codecs.lookup(name).name == "iso8859-1" else name, "replace")
    on_error(Finding(source.name, "bytes that are not UTF-8 were read as Windows-1252; save the page as UTF-8"))
    return text


def _exists(charset: str) -> bool:
    try:
        codecs.lookup(charset)
    except LookupError:
        return False
    return True


def published(tree: Any) -> str | None:
    """The date on which a page says it was published (ISO 8601), from its metadata or its date line, else None."""
    for text in (*_linked_data(tree), *_meta(tree), *_elements(tree)):
        if found := day(text):
            return found.isoformat()
    return None


def _linked_data(tree: Any) -> Iterator[str]:
    """``datePublished`` of the articles in the page's JSON-LD."""
    for node in _linked_articles(tree):
        if isinstance(node.get("datePublished"), str):
            yield node["datePublished"]


def _linked_articles(tree: Any) -> Iterator[dict[str, Any]]:
    """The articles in the page's JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            if re.search(r"Article|Posting|Report|Review", str(node.get("@type"))):
                yield node


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The top objects of JSON-LD; what they refer to (related articles) is not about this page."""
    for node in data if isinstance(data, list) else [data]:
        if isinstance(node, dict):
            yield node
            graph = node.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()


def _meta(tree: Any) -> Iterator[str]:
    """The contents of the ``meta`` elements that give the date, the most explicit first."""
    for name in _META:
        keys = " or ".join(f"{_LOWER.format(key)}='{name}'" for key in ("property", "name", "itemprop"))
        yield from (str(value) for value in tree.xpath(f"//meta[{keys}]/@content")[:3])


def _elements(tree: Any) -> Iterator[str]:
    """Dates in the body that are marked as the article's own: itemprop, ``time``, a class that says so."""
    for path in (
        f"//*[@itemprop='datePublished' and {_OUTSIDE}]",
        f"//time[(@pubdate or @datetime) and {_OUTSIDE}]",
        f"//body//*[(contains({_LOWER.format('class')}, 'date') or contains({_LOWER.format('class')}, 'publish') or "
        f"contains({_LOWER.format('class')}, 'byline')) and {_OUTSIDE} and not(*)]",
    ):
        for element in tree.xpath(path)[:5]:
            for value in (element.get("datetime"), element.get("content"), element.text_content()):
                if value and value.strip():
                    yield value.strip()[:200]


def _day_in(url: str | None) -> str | None:
    """The day in the path of a URL such as ``/2024/02/07/title``."""
    found = _URL_DAY.search(url or "")
    date = day("-".join(found.groups())) if found else None
    return date.isoformat() if date else None
