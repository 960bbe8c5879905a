"""Pages as sites really write them: the article somewhere among everything else."""

import random
from dataclasses import dataclass
from html import escape

from examples.city.words import Words


@dataclass(frozen=True)
class Site:
    """A host, how it encodes its pages, and what it says about that.

    `encoding` is the true one; `header` the Content-Type it sends, `meta` the charset in its
    HTML, each empty where it says nothing.
    """

    host: str
    encoding: str
    header: str
    meta: str
    layout: str
    nav: str = "nav.hans"


class Layouts:
    """Wraps articles in pages."""

    def __init__(self, rng: random.Random, boiler: Words) -> None:
        self._rng = rng
        self._boiler = boiler

    def page(self, site: Site, title: str, paragraphs: list[str], related: list[str]) -> str:
        """The HTML of a page."""
        body = getattr(self, f"_{site.layout}")(site, title, paragraphs, related)
        meta = f'<meta charset="{site.meta}">' if site.meta else ""
        if site.meta.startswith("gb"):
            meta = f'<meta http-equiv="Content-Type" content="text/html; charset={site.meta}">'
        return (
            f"<!DOCTYPE html>\n<html><head>{meta}<title>{escape(title)}</title>\n"
            '<script>var _stat={id:"yz01",t:+new Date()};document.cookie="v=1";</script>\n'
            "<style>.nav li{float:left}.ad{color:#c00}</style></head>\n"
            f"<body>\n{body}\n</body></html>\n"
        )

    def _links(self, entries: list[str], tag: str = "li") -> str:
        return "".join(
            f'<{tag}><a href="/c{i}/index.html">{escape(entry)}</a></{tag}>'
            for i, entry in enumerate(entries)
        )

    def _nav(self, site: Site) -> str:
        return f'<div class="nav"><ul>{self._links(self._boiler[site.nav])}</ul></div>'

    def _some(self, heading: str, count: int) -> list[str]:
        return self._rng.sample(self._boiler[heading], count)

    def _footer(self, site: Site) -> str:
        heading = site.nav.replace("nav", "footer")
        lines = " | ".join(f"<span>{line}</span>" for line in self._boiler[heading])
        return f'<div class="footer">{lines}</div>'

    def _share(self) -> str:
        return f'<div class="share">{" ".join(self._some("share", 5))}</div>'

    def _portal(self, site: Site, title: str, paragraphs: list[str], related: list[str]) -> str:
        """Nested boxes, an advertisement between two paragraphs, comments."""
        blocks = [f"<p>　　{escape(text)}</p>" for text in paragraphs]
        blocks.insert(min(2, len(blocks)), f'<div class="ad"><a href="/go">{self._ad()}</a></div>')
        comments = "".join(f"<li>网友：{line}</li>" for line in self._some("comment", 2))
        crumb = " &gt; ".join(f'<a href="/">{word}</a>' for word in self._some(site.nav, 2))
        return (
            f'<div id="top">{self._nav(site)}</div><div class="crumb">当前位置：{crumb}</div>'
            f'<div class="wrap"><div class="left"><h1>{escape(title)}</h1>'
            f'<div class="info">2025-03-18 09:20　来源：云州融媒</div>{self._share()}'
            f'<div class="article" id="content">{"".join(blocks)}</div>'
            f"<p>{self._some('tail', 1)[0]}</p>"
            f'<ul class="comments">{comments}</ul></div><div class="right"><h3>相关阅读</h3>'
            f"<ul>{self._links(related)}</ul></div></div>{self._footer(site)}"
        )

    def _tables(self, site: Site, title: str, paragraphs: list[str], related: list[str]) -> str:
        """A page of the nineties: tables in tables, line breaks for paragraphs."""
        text = "<br><br>\n".join(f"&nbsp;&nbsp;{escape(one)}" for one in paragraphs)
        return (
            f'<table width="960"><tr><td colspan="2">{self._nav(site)}</td></tr>'
            f'<tr><td width="180" valign="top"><table>'
            f"<tr>{self._links(related, 'td')}</tr></table></td>"
            f'<td><font size="5"><b>{escape(title)}</b></font><hr>'
            f'<div class="content">{text}</div>'
            f'<a href="javascript:window.print()">打印本页</a></td></tr>'
            f'<tr><td colspan="2">{self._footer(site)}</td></tr></table>'
        )

    def _modern(self, site: Site, title: str, paragraphs: list[str], related: list[str]) -> str:
        """Elements with meaning, and a cookie notice."""
        text = "".join(f"<p>{escape(one)}</p>\n" for one in paragraphs)
        return (
            f"<header><nav>{self._nav(site)}</nav></header><main><article>"
            f"<h1>{escape(title)}</h1><time>2025-03-18</time>\n{text}</article>"
            f"<aside><ul>{self._links(related)}</ul></aside></main>"
            f"<footer>{self._footer(site)}</footer>"
            '<div class="cookie" hidden>Cookie <button>OK</button></div>'
        )

    def _plain(self, site: Site, title: str, paragraphs: list[str], related: list[str]) -> str:
        """A foreign or hand-made page: little around the text."""
        text = "".join(f"<p>{escape(one)}</p>\n" for one in paragraphs)
        links = f"<hr><ul>{self._links(related)}</ul>" if related else ""
        return f"<div><h2>{escape(title)}</h2>{text}</div>{links}<p>&copy; {site.host}</p>"

    def _notice(self, site: Site, title: str, paragraphs: list[str], related: list[str]) -> str:
        """A government notice: a table of particulars above, an office below."""
        text = "".join(f'<p style="text-indent:2em">{escape(one)}</p>\n' for one in paragraphs)
        rows = "".join(
            f"<tr><td>{name}</td><td>{value}</td></tr>"
            for name, value in (("索引号", "YZ-2025-0318"), ("发布机构", "云州市人民政府"))
        )
        return (
            f'<div class="head">{self._nav(site)}</div>'
            f'<table class="xxgk">{rows}</table><h1>{escape(title)}</h1>'
            f'<div class="TRS_Editor">{text}</div>'
            f'<div class="tools">{self._share()}</div><ul>{self._links(related)}</ul>'
            f"{self._footer(site)}"
        )

    def _ad(self) -> str:
        return self._some("ad", 1)[0]
