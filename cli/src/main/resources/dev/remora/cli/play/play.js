"use strict";
(() => {
  const ROLES = ["system", "developer", "user", "assistant", "tool"];
  const PAUSE = 150; // milliseconds without a key before what was typed is encoded
  const PATHS = 8; // of a request that are named beneath its prompt
  const byId = (id) => document.getElementById(id);
  const { count, draw, element, spelled, summary, table, write } = Tokens;

  let models = [];
  let messages = [
    { role: "system", content: "You are a helpful assistant." },
    { role: "user", content: "Which fish travels with a shark?" },
  ];
  let timer;
  let running = new AbortController();

  const chosen = (name) => document.querySelector("input[name=" + name + "]:checked").value;

  /** What the server answers; what it tells of a failure is thrown. */
  async function ask(path, body, signal) {
    const options = body === undefined ? {} : {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal,
    };
    const response = await fetch(path, options);
    const answer = await response.json();
    if (answer.error) throw new Error(answer.error.message);
    return answer;
  }

  function told(failure) {
    return failure instanceof TypeError
      ? "The command has ended: start remora play again, and reload this page."
      : failure.message;
  }

  function request() {
    if (chosen("mode") === "text") {
      return { text: byId("text").value, specialTokens: byId("special").checked };
    }
    return {
      messages: chosen("how") === "json" ? parsed("messages-json", "Messages") : messages,
      tools: parsed("tools", "Tools"),
      kwargs: parsed("kwargs", "More names"),
      generationPrompt: byId("generation").checked,
      guarded: !byId("unguarded").checked,
    };
  }

  function parsed(id, name) {
    const written = byId(id).value.trim();
    try {
      return written ? JSON.parse(written) : null;
    } catch (failure) {
      throw new Error(name + ": " + failure.message);
    }
  }

  function shown() {
    const right = byId("right").value;
    return [byId("left").value, right].filter((value) => value !== "").map(Number);
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE);
  }

  async function run() {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    const status = byId("status");
    let body;
    try {
      body = request();
    } catch (failure) {
      show(status, failure.message, true);
      return;
    }
    const outcomes = await Promise.all(shown().map(async (index) => {
      const model = models[index];
      try {
        return { model, encoding: await ask("encode", { model: index, ...body }, signal) };
      } catch (failure) {
        return { model, failure };
      }
    }));
    if (signal.aborted) return;
    const said = outcomes.map(({ model, encoding, failure }) =>
      (outcomes.length > 1 ? model.name + ": " : "")
        + (failure ? told(failure) : summary(encoding)));
    show(status, said.join("; "), outcomes.some((outcome) => outcome.failure));
    const first = compare(outcomes);
    const panels = byId("panels");
    panels.classList.toggle("two", outcomes.length > 1);
    panels.replaceChildren(...outcomes.map((outcome) => panel(outcome, first)));
    showIds();
  }

  function show(status, text, wrong) {
    status.textContent = text;
    status.classList.toggle("wrong", wrong);
  }

  /** The first index at which two lists differ; -1 if they are equal. */
  function difference(one, other, equal) {
    const most = Math.max(one.length, other.length);
    for (let index = 0; index < most; index++) {
      if (index >= one.length || index >= other.length || !equal(one[index], other[index])) {
        return index;
      }
    }
    return -1;
  }

  /** Tells how two outcomes differ; the first index at which their ids do, or -1. */
  function compare(outcomes) {
    const place = byId("difference");
    place.replaceChildren();
    if (outcomes.length < 2 || outcomes.some((outcome) => outcome.failure)) return -1;
    const [left, right] = outcomes.map((outcome) => outcome.encoding);
    if (left.text !== right.text) {
      const at = difference(left.text, right.text, (one, other) => one === other);
      place.append(element("p", "", "The prompts differ from character " + at + " on."));
    }
    const ids = difference(left.ids, right.ids, (one, other) => one === other);
    if (ids < 0) {
      place.append(element("p", "", "Both have the same " + count(left.ids.length, "id") + "."));
      return ids;
    }
    const counts = count(left.ids.length, "token") + " and " + count(right.ids.length, "token");
    place.append(element("p", "",
      "The ids differ from index " + ids + " on: " + at(left, ids) + " and " + at(right, ids)
        + ". They are " + counts + "."));
    if (left.text === right.text) {
      const [one, other] = [places(left), places(right)];
      const cut = difference(one, other, (a, b) => a[0] === b[0] && a[1] === b[1]);
      place.append(element("p", "quiet", cut < 0
        ? "Both cut the text at the same places."
        : "They cut the text differently from character " + (one[cut] ?? other[cut])[0] + " on."));
    }
    return ids;
  }

  /** Where the tokens that stand in the text do. */
  function places(encoding) {
    return encoding.offsets.filter(([start, end]) => end > start);
  }

  function at(encoding, index) {
    return index < encoding.ids.length
      ? encoding.ids[index] + " (" + spelled(encoding.tokens[index]) + ")"
      : "none";
  }

  function panel({ model, encoding, failure }, first) {
    const card = element("section", "card");
    card.setAttribute("aria-label", model.name);
    card.append(
      element("h2", "", model.name),
      element("p", "quiet", [model.model, model.form, "engine " + model.engine,
        count(model.vocabularySize, "token") + " in the vocabulary"].filter(Boolean).join(" · ")));
    if (failure) {
      card.append(element("p", "wrong", told(failure)));
      return card;
    }
    if (encoding.spans) card.append(...prompt(encoding), element("h3", "", "Tokens"));
    card.append(
      element("p", "quiet numbers", summary(encoding)),
      draw(encoding, model.name, first),
      table(encoding));
    return card;
  }

  /** The rendered prompt: what of it came from the request, and where from. */
  function prompt(encoding) {
    const drawn = element("div", "prompt");
    drawn.tabIndex = 0;
    drawn.setAttribute("role", "group");
    drawn.setAttribute("aria-label", "The rendered prompt");
    for (const span of encoding.spans) {
      const isTemplate = span.path === undefined;
      const part = element(isTemplate ? "span" : "mark", isTemplate ? "" : "request");
      if (!isTemplate) {
        part.style.color = "inherit";
        part.title = span.path || "the request";
        part.classList.toggle("trusted", span.trusted);
      }
      let from = span.start;
      for (const token of encoding.refused) {
        if (token.start < from || token.end > span.end) continue;
        write(part, encoding.text.slice(from, token.start));
        const refused = element("span", "refused");
        refused.title = "plain text here, not token " + token.id;
        write(refused, encoding.text.slice(token.start, token.end));
        part.append(refused);
        from = token.end;
      }
      write(part, encoding.text.slice(from, span.end));
      drawn.append(part);
    }
    const paths = [...new Set(encoding.spans.map((span) => span.path).filter(Boolean))];
    const more = paths.length - PATHS;
    const key = element("p", "quiet key");
    const mark = element("span", "", "Marked");
    mark.style.background = "var(--request)";
    key.append(mark, " is of the request"
      + (paths.length ? ": " + paths.slice(0, PATHS).join(", ") : "")
      + (more > 0 ? " and " + more + " more" : "") + "; the rest is the template's own."
      + (encoding.refused.length
        ? " " + count(encoding.refused.length, "special token") + " in it are plain text."
        : ""));
    return [element("h3", "", "Prompt"), drawn, key];
  }

  function showIds() {
    for (const list of document.querySelectorAll(".tokens")) {
      list.classList.toggle("with-ids", byId("ids").checked);
    }
  }

  function drawMessages() {
    byId("messages").replaceChildren(...messages.map((message, index) => {
      const number = index + 1;
      const row = element("div", "message");
      row.setAttribute("role", "group");
      row.setAttribute("aria-label", "Message " + number);
      const role = element("select");
      role.setAttribute("aria-label", "Role of message " + number);
      for (const name of new Set([...ROLES, message.role])) role.append(new Option(name));
      role.value = message.role;
      role.addEventListener("input", () => { message.role = role.value; });
      const content = element("textarea");
      content.rows = 2;
      content.setAttribute("aria-label", "Content of message " + number);
      content.value = message.content;
      content.addEventListener("input", () => { message.content = content.value; });
      const remove = element("button", "", "Remove");
      remove.type = "button";
      remove.setAttribute("aria-label", "Remove message " + number);
      remove.addEventListener("click", () => {
        messages.splice(index, 1);
        drawMessages();
        byId("add").focus();
        soon();
      });
      row.append(role, content, remove);
      return row;
    }));
  }

  /** Whether messages have nothing but a role and a text, as the editor shows them. */
  function areSimple(list) {
    return Array.isArray(list) && list.every((message) =>
      message && Object.keys(message).length === 2
        && typeof message.role === "string" && typeof message.content === "string");
  }

  function switchEditor() {
    const isJson = chosen("how") === "json";
    if (isJson) {
      byId("messages-json").value = JSON.stringify(messages, null, 2);
    } else {
      let list;
      try {
        list = parsed("messages-json", "Messages") ?? [];
      } catch (failure) {
        list = null;
      }
      if (!areSimple(list)) {
        document.querySelector("input[name=how][value=json]").checked = true;
        show(byId("status"), "The editor shows messages of a role and a text only.", true);
        return false;
      }
      messages = list;
      drawMessages();
    }
    byId("json").hidden = !isJson;
    byId("editor").hidden = isJson;
    return true;
  }

  function changed(event) {
    const { name, id } = event.target;
    if (name === "how" && !switchEditor()) return;
    if (name === "mode") {
      const isChat = chosen("mode") === "chat";
      byId("chat-input").hidden = !isChat;
      byId("text-input").hidden = isChat;
    }
    if (id !== "ids") soon();
  }

  async function begin() {
    drawMessages();
    byId("input").addEventListener("input", changed);
    byId("input").addEventListener("submit", (event) => event.preventDefault());
    byId("ids").addEventListener("change", showIds);
    byId("add").addEventListener("click", () => {
      const last = messages[messages.length - 1];
      messages.push({ role: last && last.role === "user" ? "assistant" : "user", content: "" });
      drawMessages();
      byId("messages").lastChild.querySelector("textarea").focus();
      soon();
    });
    try {
      models = (await ask("models")).models;
    } catch (failure) {
      show(byId("status"), told(failure), true);
      return;
    }
    byId("right").append(new Option("nothing", ""));
    models.forEach((model, index) => {
      byId("left").append(new Option(model.name, index));
      byId("right").append(new Option(model.name, index));
    });
    byId("right").value = models.length > 1 ? "1" : "";
    run();
  }

  begin();
})();
