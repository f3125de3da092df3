// Dragging over what is free in a room's day chooses from when to when. Without it, and by a tap or
// by the keyboard, the same links lead to the form with the beginning filled in.
(() => {
  "use strict";
  const STEP_MIN = 15, STILL_PX = 6;
  const make = (name, facts) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(facts)) made.setAttribute(key, value);
    return made;
  };
  const clock = (minute) => [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, "0")).join(":");
  let drag = null;

  // The minute of the day under a finger, and where a minute lies, by what the board says of itself.
  const scale = (board) => {
    const { begin, end, left, wide } = board.dataset;
    const minutes = (end - begin) * 60;
    return {
      minuteAt: (clientX) => {
        const at = new DOMPoint(clientX, 0).matrixTransform(board.getScreenCTM().inverse());
        return begin * 60 + (at.x - left) / wide * minutes;
      },
      xOf: (minute) => Number(left) + (minute - begin * 60) / minutes * wide,
    };
  };
  const chosen = (clientX) => {
    const to = drag.scale.minuteAt(clientX);
    const within = (minute) => Math.min(Math.max(Math.round(minute / STEP_MIN) * STEP_MIN, drag.first), drag.last);
    const [first, last] = [within(Math.min(drag.from, to)), within(Math.max(drag.from, to))];
    return last > first ? [first, last] : [first, within(first + STEP_MIN)];
  };
  const show = ([first, last]) => {
    const [x, end] = [drag.scale.xOf(first), drag.scale.xOf(last)];
    drag.mark.setAttribute("x", x);
    drag.mark.setAttribute("width", Math.max(end - x, 1));
    drag.said.setAttribute("x", (x + end) / 2);
    drag.said.textContent = `${clock(first)}–${clock(last)}`;
  };
  const stop = () => {
    drag?.mark?.remove();
    drag?.said?.remove();
    drag = null;
  };

  document.addEventListener("pointerdown", (event) => {
    const link = event.target.closest?.("svg[data-begin] a[data-first]");
    if (!link || event.button !== 0 || !event.isPrimary) return;
    const board = link.closest("svg[data-begin]");
    drag = { link, board, scale: scale(board), x: event.clientX, first: Number(link.dataset.first), last: Number(link.dataset.last) };
    drag.from = drag.scale.minuteAt(event.clientX);
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag || (!drag.mark && Math.abs(event.clientX - drag.x) < STILL_PX)) return;
    if (!drag.mark) {
      const free = drag.link.querySelector("rect");
      const [y, height] = ["y", "height"].map((name) => Number(free.getAttribute(name)));
      drag.mark = make("rect", { class: "chosen", y, height });
      drag.said = make("text", { class: "chosen-said", y: y + height * 0.66 });
      drag.board.append(drag.mark, drag.said);
      drag.board.setPointerCapture?.(event.pointerId);
    }
    show(chosen(event.clientX));
  });
  document.addEventListener("pointerup", (event) => {
    if (!drag?.mark) { stop(); return; }
    const [first, last] = chosen(event.clientX);
    if (last === first) { stop(); return; }
    const to = new URL(drag.link.getAttribute("href"), location.href);
    to.searchParams.set("from", clock(first));
    to.searchParams.set("minutes", String(last - first));
    stop();
    // The click that follows belongs to the drag.
    window.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
    location.assign(to);
  });
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") stop(); });
  document.addEventListener("dragstart", (event) => { if (drag) event.preventDefault(); });
})();
