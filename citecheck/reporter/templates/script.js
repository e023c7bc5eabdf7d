"use strict";
(() => {
  const PAGE = 100;
  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const shape = (status) => {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    for (const [key, value] of [["class", `shape fill-${status}`], ["viewBox", "0 0 12 12"], ["aria-hidden", "true"]]) {
      svg.setAttribute(key, value);
    }
    const use = document.createElementNS(space, "use");
    use.setAttribute("href", `#s-${status}`);
    svg.append(use);
    return svg;
  };
  const cells = {
    text: (value) => [value],
    number: (value) => [value ? value.toLocaleString("en") : "–"],
    status: (value) => [make("span", { className: `status ink-${value}` }, shape(value), value)],
    url: (value) => {
      if (!value) return [];
      if (!/^https?:\/\/\S+$/i.test(value)) return [make("code", {}, value)];
      return [make("a", { href: value, rel: "noreferrer noopener" }, value)];
    },
    place: ([text, line, anchor], texts) => {
      const [name, href, hasPage] = texts[text];
      const words = line ? `${name}:${line}` : name;
      if (!hasPage && !anchor) return [words];
      return [make("a", { href: (hasPage ? href : "") + (anchor ? `#${anchor}` : "") }, words)];
    },
  };

  const start = (section) => {
    const { texts, rows } = JSON.parse(section.querySelector("script").textContent);
    const heads = [...section.querySelectorAll("thead th")];
    const kinds = heads.map((head) => head.dataset.kind);
    const body = section.querySelector("tbody");
    const title = section.querySelector("h2").firstChild.textContent.trim();
    const words = (value, column) => (kinds[column] === "place" ? texts[value[0]][0] : value);
    const choice = ["status", "text"].includes(kinds[0]) ? 0 : -1;
    let hay = null;
    let shown = rows;
    let page = 0;
    let sorted = null;

    const search = make("input", { type: "search", id: `${title}-search`, autocomplete: "off", spellcheck: false });
    const label = make("label", { htmlFor: search.id }, "Search ");
    const count = make("output", { className: "count" });
    count.setAttribute("aria-live", "polite");
    const select = make("select", {});
    const back = make("button", { type: "button" }, "Earlier");
    const on = make("button", { type: "button" }, "Further");
    const controls = [label, search];
    if (choice >= 0) {
      const numbers = new Map();
      for (const row of rows) numbers.set(row[choice], (numbers.get(row[choice]) || 0) + 1);
      select.append(make("option", { value: "" }, `all (${rows.length.toLocaleString("en")})`));
      for (const [value, number] of numbers) {
        select.append(make("option", { value }, `${value} (${number.toLocaleString("en")})`));
      }
      controls.push(make("label", {}, `${heads[choice].textContent} `, select));
    }
    section.querySelector(".controls").append(...controls, count, back, on);
    section.querySelector(".rest")?.remove();

    const straw = () => {
      hay ??= rows.map((row) => row.map(words).join("\n").toLowerCase());
      return hay;
    };
    const draw = () => {
      const from = page * PAGE;
      const drawn = shown.slice(from, from + PAGE).map((row) => {
        const line = make("tr");
        row.forEach((value, column) => line.append(make("td", { className: kinds[column] }, ...cells[kinds[column]](value, texts))));
        return line;
      });
      body.replaceChildren(...drawn);
      const number = (value) => value.toLocaleString("en");
      count.textContent = shown.length
        ? `${number(from + 1)} to ${number(from + drawn.length)} of ${number(shown.length)}`
        : "nothing found";
      back.disabled = page === 0;
      on.disabled = from + PAGE >= shown.length;
    };
    const sift = () => {
      const wanted = search.value.trim().toLowerCase();
      const only = select.value;
      shown = rows;
      if (wanted || only) {
        const texts_ = wanted ? straw() : null;
        shown = rows.filter((row, at) => (!only || row[choice] === only) && (!texts_ || texts_[at].includes(wanted)));
      }
      if (sorted) {
        const { column, sign } = sorted;
        const key = (row) => words(row[column], column);
        shown = [...shown].sort((one, other) => {
          const [a, b] = [key(one), key(other)];
          return a < b ? -sign : a > b ? sign : 0;
        });
      }
      page = 0;
      draw();
    };
    heads.forEach((head, column) => {
      const button = make("button", { type: "button" }, head.textContent);
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const first = kinds[column] === "number" ? -1 : 1;
        const sign = sorted?.column === column ? -sorted.sign : first;
        sorted = { column, sign };
        for (const each of heads) each.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
        sift();
      });
    });
    search.addEventListener("input", sift);
    select.addEventListener("change", sift);
    back.addEventListener("click", () => { page -= 1; draw(); });
    on.addEventListener("click", () => { page += 1; draw(); });
    (window.requestIdleCallback || setTimeout)(straw);
    draw();
  };

  const copyable = (code) => {
    const button = make("button", { type: "button", className: "copy" }, "Copy");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code);
        button.textContent = "Selected";
      }
    });
    code.after(button);
  };

  for (const section of document.querySelectorAll("[data-rows]")) start(section);
  if (navigator.clipboard) document.querySelectorAll(".repair code").forEach(copyable);
})();
