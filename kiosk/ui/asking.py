"""Asking the hub: the answer comes back to the Kivy thread, and a refusal becomes a sentence."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kiosk.ui.screen import HubScreen
    from kiosk.ui.shell import Shell

NOT_SAVED = "sorry.not_saved"


class Asking:
    """Brings a use case to the desk and its answer back to the screen that asked."""

    def __init__(self, shell: "Shell") -> None:
        self._shell = shell
        self._awaited: list[tuple[HubScreen | None, Any, Any]] = []

    def ask(
        self,
        use_case: Callable[..., Any],
        ask: Any,
        then: Callable[[Any], Any] | None = None,
        *,
        button: Any = None,
        screen: "HubScreen | None" = None,
        refused: Callable[[Any], Any] = lambda _why: False,
        offers_undo: bool = True,
    ) -> None:
        """Ask once; while the answer is awaited ``button`` says so and takes no touch.

        refused: says a refusal in its own way and returns True; else a sentence is said.
        offers_undo: False beside a page of somebody else, which offers to undo what they did.
        """
        asked = (screen, use_case, ask)
        if screen is not None and asked in self._awaited:
            return  # a second tap on the same thing, while the disk is slow
        if button is not None:
            if button.mode == "saving":
                return
            button.mode = "saving"
        future = self._shell.around.desk.ask(use_case, ask)
        self._awaited.append(asked)
        call = self._shell.around.call

        def answered(told: "Future[Any]") -> None:
            self._awaited.remove(asked)
            self._answer(told, then, button, screen, refused, offers_undo)

        future.add_done_callback(lambda told: call(lambda: answered(told)))

    def _answer(
        self,
        told: "Future[Any]",
        then: Callable[[Any], Any] | None,
        button: Any,
        screen: "HubScreen | None",
        refused: Callable[[Any], Any],
        offers_undo: bool,
    ) -> None:
        if button is not None:
            button.mode = "normal"
        problem = told.exception()
        if problem is not None:
            self._shell.around.on_refused(problem)
            if not refused(problem):
                self.explain(problem, screen)
            return
        done = told.result()
        self._shell.around.on_done(done.result)
        if offers_undo:
            self._shell.undo.offer(done)
        if then is not None and (screen is None or screen is self._shell.screen):
            then(done)

    def explain(self, problem: BaseException, screen: "HubScreen | None" = None) -> None:
        """Say what happened; a bug is not a sentence and goes to the thread's one handler."""
        key = getattr(problem, "say", None)
        if key is None:
            raise problem
        if screen is not None and screen is self._shell.screen and screen.on_refused(problem):
            return
        from kiosk.ui.dialogs import sayable  # its kv needs the kit, which needs a window

        shell = self._shell
        shell.sentence(key, **sayable(problem, shell.words, shell.hub.local))
