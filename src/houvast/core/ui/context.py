"""What the page shell needs on every page: navigation, languages, who is signed in. Asks no query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import Permission
from houvast.core.registry import Module, modules


@dataclass(frozen=True)
class NavLink:
    """One line of the navigation. `current` is the value of aria-current, or empty.

    waiting: how many tasks wait behind it, on a page that knows; 0 elsewhere.
    """

    label: str
    url: str
    icon: str
    current: str
    waiting: int = 0


@dataclass(frozen=True)
class NavGroup:
    """Lines under one heading."""

    label: str
    links: tuple[NavLink, ...]


@dataclass(frozen=True)
class Language:
    """A language that somebody can switch to; its name stands in that language itself."""

    code: str
    name: str


def _reverse(name: str, *args: str) -> str:
    """The address, or empty where the installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _installed_version() -> str:
    try:
        return version("houvast")
    except PackageNotFoundError:
        return ""


VERSION = _installed_version()


class Shell:
    """The frame around a page. Everything is computed when the template asks for it, at most once."""

    version = VERSION

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def actor(self) -> Any:
        """Who acts, with organisation and permissions; None outside an organisation."""
        return getattr(self._request, "actor", None)

    @property
    def account(self) -> Any:
        """The account that is signed in, if this request already loaded it: error pages ask no query."""
        account = getattr(self._request, "_cached_user", None)
        return account if account is not None and account.is_authenticated else None

    @cached_property
    def organisation(self) -> Any:
        return self.actor.organisation if self.actor else None

    @cached_property
    def navigation(self) -> tuple[NavGroup, ...]:
        """What the actor may open, in groups, with the page one is on marked."""
        if not self.actor:
            return ()
        here = self._request.path
        lines = [line for line in _lines(self.organisation.slug) if line.is_for(self.actor)]
        current = max((line.url for line in lines if self._is_around(line.url, here)), key=len, default="")
        return _grouped(lines, current, here, self._waiting(lines))

    def _waiting(self, lines: Iterable[_Line]) -> Counter[str]:
        """How many tasks wait behind each line: below the longest address that leads to them.

        Only the first page looks its tasks up. Elsewhere that would cost more queries than the page itself.
        """
        urls = [line.url for line in lines if line.url != self.home_url]
        waiting = getattr(self._request, "waiting", ())
        behind = (max((u for u in urls if task.startswith(u)), key=len, default="") for task in waiting)
        return Counter(url for url in behind if url)

    def _is_around(self, url: str, here: str) -> bool:
        """Whether a line leads to this page or one above it; the first page is above all, and counts for itself."""
        return here == url if url == self.home_url else here.startswith(url)

    @cached_property
    def navigation_html(self) -> SafeString:
        """The navigation as HTML, made once per combination of lines, place and language."""
        return _navigation_html(self.navigation, get_language() or "") if self.navigation else SafeString()

    @cached_property
    def search_url(self) -> str:
        return _reverse("search", self.organisation.slug) if self.organisation else ""

    @cached_property
    def home_url(self) -> str:
        home = _reverse("my_day", self.organisation.slug) if self.organisation else ""
        return home or _reverse("home") or "/"

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """The other languages that the screens exist in."""
        return tuple(Language(code, name) for code, name in settings.LANGUAGES if code != get_language())

    @property
    def path(self) -> str:
        """Where to come back to after switching language; never a form's own address after a POST."""
        return self._request.get_full_path()

    @property
    def demo(self) -> bool:
        return bool(getattr(settings, "DEMO", False))


@lru_cache(maxsize=512)
def _navigation_html(groups: tuple[NavGroup, ...], _language: str) -> SafeString:
    return render_to_string("ui/navigation.html", {"groups": groups})


@dataclass(frozen=True)
class _Line:
    """A line that the navigation could have, in the language at hand."""

    label: str
    url: str
    icon: str
    group: str
    permission: Permission | None
    writes: bool

    def is_for(self, actor: Actor) -> bool:
        """Whether the actor may open the page."""
        if self.permission is None:
            return True
        return actor.may_write(self.permission) if self.writes else actor.may(self.permission)


# By modules, organisation, language and address book; the modules are kept so that their ids stay theirs.
_known_lines: dict[tuple[Any, ...], tuple[tuple[Module, ...], tuple[_Line, ...]]] = {}
_MOST_KNOWN = 512


def _lines(slug: str) -> tuple[_Line, ...]:
    """Every line of every module that has a page here; the same for all who work in the organisation."""
    here = tuple(modules())
    key = (slug, get_language(), get_urlconf() or settings.ROOT_URLCONF, *map(id, here))
    if (known := _known_lines.get(key)) is None:
        if len(_known_lines) >= _MOST_KNOWN:
            _known_lines.clear()
        known = _known_lines[key] = (here, tuple(_made_lines(here, slug)))
    return known[1]


def _made_lines(here: tuple[Module, ...], slug: str) -> Iterator[_Line]:
    items = chain.from_iterable(module.navigation for module in here)
    for item in sorted(items, key=lambda item: (item.order, item.label)):
        if url := _reverse(item.url_name, slug):
            words = gettext(str(item.label)), url, item.icon, gettext(str(item.group))
            yield _Line(*words, item.permission, item.writes)


def _grouped(
    lines: Iterable[_Line], current: str, here: str, waiting: Mapping[str, int]
) -> tuple[NavGroup, ...]:
    groups: dict[str, list[NavLink]] = {}
    for line in lines:
        mark = ("page" if line.url == here else "true") if line.url == current else ""
        groups.setdefault(line.group, []).append(
            NavLink(line.label, line.url, line.icon, mark, waiting.get(line.url, 0))
        )
    return tuple(NavGroup(label, tuple(links)) for label, links in groups.items())


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the one name `shell`."""
    return {"shell": Shell(request)}
