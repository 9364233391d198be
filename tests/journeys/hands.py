"""How people reach a page: with a mouse, with the keyboard alone, with a finger."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    import datetime as dt

    from playwright.sync_api import Locator, Page

FARTHEST = 120  # presses of Tab after which something cannot be called reachable


class Hands(ABC):
    """Does with a page what a person wants done with it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @abstractmethod
    def press(self, button: Locator) -> None:
        """A button, a link, the head of what unfolds."""

    @abstractmethod
    def write(self, field: Locator, text: str) -> None:
        """Replaces what stands in `field`."""

    @abstractmethod
    def choose(self, field: Locator, label: str) -> None:
        """The option of a select that begins with `label`."""

    @abstractmethod
    def date(self, field: Locator, day: dt.date) -> None: ...

    def capture(self, line: str) -> None:
        """One line on the front page, and Enter."""
        self.write(self.page.get_by_role("textbox", name="What did you do?"), line)
        self.page.keyboard.press("Enter")

    def edit(self, title: str) -> Locator:
        """Opens the entry of that title in its list; the form that took its place."""
        self.press(self.page.get_by_role("link", name=f"Edit {title}"))
        return self.form_in_place()

    def form_in_place(self) -> Locator:
        form = self.page.locator(".is-editing form").first
        expect(form).to_be_visible()
        return form


class Mouse(Hands):
    def press(self, button: Locator) -> None:
        button.click()

    def write(self, field: Locator, text: str) -> None:
        field.click()
        field.fill(text)

    def choose(self, field: Locator, label: str) -> None:
        field.click(trial=True)
        field.select_option(label=option_of(field, label))

    def date(self, field: Locator, day: dt.date) -> None:
        field.fill(day.isoformat())


class Finger(Mouse):
    def press(self, button: Locator) -> None:
        button.tap()

    def write(self, field: Locator, text: str) -> None:
        field.tap()
        field.fill(text)

    def choose(self, field: Locator, label: str) -> None:
        field.tap(trial=True)
        field.select_option(label=option_of(field, label))


class Keyboard(Hands):
    """Nothing but keys: what Tab does not reach, or reaches unseen, fails."""

    def press(self, button: Locator) -> None:
        self.go_to(button)
        self.page.keyboard.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        self.go_to(field)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose(self, field: Locator, label: str) -> None:
        self.go_to(field)
        self.page.keyboard.type(label)
        expect(field.locator("option:checked")).to_have_text(option_of(field, label))

    def date(self, field: Locator, day: dt.date) -> None:
        self.go_to(field)
        self.page.keyboard.type(f"{day:%m%d%Y}")
        expect(field).to_have_value(day.isoformat())

    def capture(self, line: str) -> None:
        if self.page.get_by_role("textbox", name="What did you do?").evaluate(IS_FOCUSED):
            self.page.keyboard.press("ControlOrMeta+a")
        else:
            self.page.keyboard.press("n")
        self.page.keyboard.type(line)
        self.page.keyboard.press("Enter")

    def edit(self, title: str) -> Locator:
        """j down to the entry, then e."""
        entry = self.page.get_by_role("link", name=title, exact=True)
        self.page.locator("body").evaluate("() => document.activeElement.blur()")
        for _press in range(FARTHEST):
            self.page.keyboard.press("j")
            if entry.evaluate(IS_FOCUSED):
                break
        expect(entry).to_be_focused()
        self.page.keyboard.press("e")
        return self.form_in_place()

    def go_to(self, target: Locator) -> None:
        target.wait_for()
        for _press in range(FARTHEST):
            if target.evaluate(IS_FOCUSED):
                break
            self.page.keyboard.press("Tab")
        assert target.evaluate(IS_SEEN), f"{target} has no focus to be seen"


IS_FOCUSED = "element => element === document.activeElement"
IS_SEEN = """element => {
    const style = getComputedStyle(element);
    return element.matches(":focus-visible") && style.outlineStyle !== "none";
}"""


def option_of(field: Locator, label: str) -> str:
    """The whole text of the first option that begins with `label`."""
    texts = [text.strip() for text in field.locator("option").all_text_contents()]
    return next(text for text in texts if text.startswith(label))
