"use strict";
/* Draws encodings; shared by `remora play` and the pages of `remora tokens --html`. */
const Tokens = (() => {
  const MOST = 4000; // more elements than this make a page slow

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function count(number, unit) {
    return number.toLocaleString("en") + " " + unit + (number === 1 ? "" : "s");
  }

  /** Ids that are close get hues that are not. */
  function hue(id) {
    return Math.round((id * 137.508) % 360);
  }

  /** What stands for characters that cannot be seen. */
  function seen(character) {
    if (character === "\n") return "↵";
    if (character === "\r") return "␍";
    if (character === "\t") return "⇥";
    return "\\u" + character.charCodeAt(0).toString(16).padStart(4, "0");
  }

  const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

  function write(to, text) {
    let plain = "";
    for (const character of text) {
      if (!UNSEEN.test(character)) {
        plain += character;
        continue;
      }
      to.append(plain, element("span", "sign", seen(character)));
      plain = character === "\n" ? "\n" : "";
    }
    to.append(plain);
  }

  function spelled(text) {
    return Array.from(text, (c) => (UNSEEN.test(c) ? seen(c) : c)).join("");
  }

  /**
   * Groups of tokens that are drawn together, as several may stand for one character of the text.
   * Each: { first, next, start, end }, the indices of its tokens and its place in the text.
   */
  function cells(encoding) {
    const made = [];
    let done = 0;
    encoding.offsets.forEach(([start, end], index) => {
      const last = made[made.length - 1];
      if (last && end > start && end <= done && last.end === end && last.end > last.start) {
        last.next = index + 1;
      } else {
        const from = Math.max(start, done);
        made.push({ first: index, next: index + 1, start: Math.min(from, end), end });
        done = Math.max(done, end);
      }
    });
    return made;
  }

  function about(encoding, cell) {
    const ids = encoding.ids.slice(cell.first, cell.next).join(" ");
    const names = encoding.tokens.slice(cell.first, cell.next).map(spelled).join(" ");
    const [start, end] = encoding.offsets[cell.first];
    const place = end > start ? "characters " + start + "–" + end : "not in the text";
    const many = cell.next - cell.first > 1;
    const index = many ? cell.first + "–" + (cell.next - 1) : cell.first;
    return (many ? "tokens " : "token ") + index + ": id " + ids + ", " + names + ", " + place;
  }

  /** Draws the tokens of an encoding; `different` is the index of the first that differs, or -1. */
  function draw(encoding, name, different) {
    const drawn = element("div");
    const list = element("ol", "tokens");
    list.setAttribute("aria-label", "Tokens of " + name + "; arrow keys move between them");
    const told = element("output", "about", "Point at a token, or move to it with the keyboard.");
    const all = cells(encoding);
    const elements = [];
    let at = 0;
    for (const cell of all.slice(0, MOST)) {
      if (cell.start > at) list.append(gap(encoding.text.slice(at, cell.start)));
      at = Math.max(at, cell.end);
      const item = element("li", "token");
      const id = encoding.ids[cell.first];
      item.style.setProperty("--hue", hue(id));
      item.dataset.ids = encoding.ids.slice(cell.first, cell.next).join(" ");
      item.tabIndex = elements.length === 0 ? 0 : -1;
      const text = encoding.text.slice(cell.start, cell.end);
      const endsLine = text.endsWith("\n"); // the line ends behind the token's box, not in it
      if (text) {
        write(item, endsLine ? text.slice(0, -1) : text);
        if (endsLine) item.append(element("span", "sign", seen("\n")));
      } else {
        item.classList.add("none");
        write(item, encoding.tokens[cell.first]);
      }
      if (different >= cell.first && different < cell.next) item.classList.add("first-difference");
      item.append(element("span", "id", item.dataset.ids));
      item.addEventListener("focus", () => tell(cell, item));
      item.addEventListener("pointerenter", () => tell(cell, item));
      elements.push(item);
      list.append(item);
      if (endsLine) list.append(element("li", "gap", "\n"));
    }
    if (all.length <= MOST && at < encoding.text.length) list.append(gap(encoding.text.slice(at)));

    function tell(cell, item) {
      told.textContent = about(encoding, cell);
      for (const other of elements) {
        other.classList.toggle("same", other.dataset.ids === item.dataset.ids);
      }
    }

    list.addEventListener("keydown", (event) => {
      const now = elements.indexOf(document.activeElement);
      const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: elements.length - 1 };
      const target = elements[next[event.key]];
      if (now < 0 || !target) return;
      event.preventDefault();
      elements[now].tabIndex = -1;
      target.tabIndex = 0;
      target.focus();
    });
    drawn.append(list);
    if (all.length > MOST) {
      drawn.append(element("p", "quiet", "The first " + count(MOST, "token") + " are shown."));
    }
    drawn.append(told);
    return drawn;
  }

  /** Text that no token has, such as white space that a normalizer took away. */
  function gap(text) {
    const item = element("li", "gap");
    write(item, text);
    return item;
  }

  /** The tokens as rows: index, id, token, text and place. */
  function table(encoding) {
    const details = element("details");
    details.append(element("summary", "", "As a list"));
    details.addEventListener("toggle", () => {
      if (!details.open || details.children.length > 1) return;
      const rows = element("div", "rows");
      rows.tabIndex = 0;
      const made = element("table");
      const head = made.createTHead().insertRow();
      for (const name of ["Index", "Id", "Token", "Text", "Place"]) {
        const cell = element("th", name === "Index" || name === "Id" ? "number" : "", name);
        cell.scope = "col";
        head.append(cell);
      }
      const body = made.createTBody();
      encoding.ids.slice(0, MOST).forEach((id, index) => {
        const [start, end] = encoding.offsets[index];
        const row = body.insertRow();
        row.append(
          element("td", "number", String(index)),
          element("td", "number", String(id)),
          element("td", "text", spelled(encoding.tokens[index])),
          element("td", "text", spelled(encoding.text.slice(start, end))),
          element("td", "", start + "–" + end));
      });
      rows.append(made);
      details.append(rows);
    });
    return details;
  }

  function summary(encoding) {
    return count(encoding.ids.length, "token") + ", "
      + count(Array.from(encoding.text).length, "character");
  }

  return { count, draw, element, hue, spelled, summary, table, write };
})();
