
"use strict";
// The script of a Faultline report: theme, the lines of structs, findings that point at them, and the tables of a report on
// many. All data come as JSON or as HTML that was escaped where it was written; here they only go into text nodes and attributes.
(() => {
  const SVG = "http://www.w3.org/2000/svg";

  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /** Makes an element; children are nodes or text. */
  function make(name, attributes = {}, ...children) {
    return fill(document.createElement(name), attributes, children);
  }
  function draw(name, attributes = {}, ...children) {
    return fill(document.createElementNS(SVG, name), attributes, children);
  }
  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== false) {
        element.setAttribute(name, value === true ? "" : value);
      }
    }
    element.append(...children);
    return element;
  }
  const plural = (count, word) => count.toLocaleString("en") + " " + word + (count === 1 ? "" : "s");

  // ---- theme

  const THEMES = ["system", "light", "dark"];
  let theme = "system";
  try { theme = localStorage.getItem("faultline-theme") || theme; } catch (refused) { /* a file may have no storage */ }
  function show(name) {
    theme = THEMES.includes(name) ? name : "system";
    document.documentElement.dataset.theme = theme;
    one("#theme").textContent = "Theme: " + theme;
    try { localStorage.setItem("faultline-theme", theme); } catch (refused) { /* then it is forgotten */ }
  }
  show(theme);
  one("#theme").addEventListener("click", () => show(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]));

  // One pattern for the holes of all drawings.
  document.body.append(draw("svg", { width: 0, height: 0, "aria-hidden": "true", class: "hidden" },
    draw("defs", {}, draw("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      draw("rect", { width: 6, height: 6 }), draw("path", { d: "M1 0V6" })))));

  // ---- what is in a struct

  const isNamed = (path, field) => path === field || path.startsWith(field + ".") || path.startsWith(field + "[")
    || field.startsWith(path + ".") || field.startsWith(path + "[");

  /** How the users of fields are known, where neither a profile nor a run says so. */
  const KNOWN_BY = { "from-code": "users from code, which does not tell how often",
    "declared-by-type": "users as the types declare them", inferred: "guessed from types: no profile" };
  /** Whether neither a profile nor a run says who uses a struct. */
  const isGuess = struct => !["declared", "sampled", "recorded"].includes(struct.certainty);

  /** A rate so many powers of ten below the highest is shown as the least. */
  const DECADES = 4;

  /** Turns the slots of a struct into what is drawn: fields, holes, and bit-fields too narrow to be drawn alone joined. */
  function items(struct) {
    const touching = struct.slots.map(() => []);
    const others = []; // elements and embedded structs: touch some of a slot's bytes
    for (const [at, end, ...rest] of struct.touches) {
      if (end === -1) {
        touching[at].push(...rest.map(use => ({ use })));
      } else {
        const [path, ...uses] = rest;
        others.push({ at, end, uses: uses.map(use => ({ use, path })) });
      }
    }
    const found = [];
    struct.slots.forEach(([path, type, offset, size, bit, bits], i) => {
      const from = offset * 8 + (bit ?? 0);
      const to = bits ? from + bits : (offset + size) * 8;
      const uses = touching[i];
      if (type >= 0) {
        for (const other of others) {
          if (other.at * 8 < to && other.end * 8 > from) {
            uses.push(...other.uses);
          }
        }
      }
      const item = { from, to, offset, size, bits, isHole: type < 0, parts: [{ path, type, from, to, bit, bits }], uses };
      const last = found[found.length - 1];
      const same = last && last.isHole === item.isHole && last.to === from && last.bits && bits && last.offset === offset
        && String(last.uses.map(u => u.use)) === String(uses.map(u => u.use));
      if (same && (to - from < 8 || last.to - last.from < 8 || last.parts.length > 1)) {
        last.to = to;
        last.parts.push(...item.parts);
      } else {
        found.push(item);
      }
    });
    found.forEach(item => {
      const writes = item.uses.filter(({ use }) => struct.uses[use][1]);
      const main = writes[0] || item.uses[0];
      item.kind = item.isHole ? "hole" : writes.length ? "w" : item.uses.length ? "r" : "quiet";
      item.hue = main ? struct.uses[main.use][0] % 6 : 0;
      item.code = code(struct, item);
      item.count = item.uses.reduce((sum, { use }) => sum + (struct.uses[use][3] ?? 0), 0);
      item.rate = item.uses.reduce((sum, { use }) => sum + (struct.uses[use][4] ?? 0), 0);
    });
    // How often each item is used, from 0 to 1, by powers of ten: as a run counted, else at the rates of the profile.
    const most = Math.log1p(Math.max(0, ...found.map(item => item.count)));
    const fastest = Math.max(0, ...found.map(item => item.rate));
    found.forEach(item => {
      item.heat = most ? Math.log1p(item.count) / most
        : item.rate > 0 ? Math.max(.05, 1 + Math.log10(item.rate / fastest) / DECADES) : 0;
    });
    return lanes(found);
  }

  /** "W1 R2": written by role 1, read by role 2; without numbers where there is but one role. */
  function code(struct, item) {
    const roles = letter => [...new Set(item.uses.filter(({ use }) => struct.uses[use][1] === (letter === "W" ? 1 : 0))
      .map(({ use }) => struct.uses[use][0] + 1))];
    return ["W", "R"].filter(letter => roles(letter).length)
      .map(letter => letter + (struct.roles.length > 1 ? roles(letter).sort((a, b) => a - b).join(",") : "")).join(" ");
  }

  /** Arms of a union lie on the same bytes: each gets a lane of its own, at most MOST_LANES. */
  const MOST_LANES = 6;
  function lanes(found) {
    found.sort((a, b) => a.from - b.from || b.to - a.to);
    let cluster = [], end = -1;
    const close = () => {
      const ends = [];
      for (const item of cluster) {
        let lane = ends.findIndex(free => free <= item.from);
        if (lane < 0) {
          lane = ends.length < MOST_LANES ? ends.length : MOST_LANES - 1;
        }
        ends[lane] = Math.max(ends[lane] ?? 0, item.to);
        item.lane = lane;
      }
      cluster.forEach(item => { item.lanes = ends.length; });
    };
    for (const item of found) {
      if (item.from >= end) {
        close();
        cluster = [];
      }
      cluster.push(item);
      end = Math.max(end, item.to);
    }
    close();
    // Of what still lies upon another, the one that is touched is drawn last, so that it is seen.
    return found;
  }

  /** What is to be known of an item, in lines; the first is its name. */
  function facts(struct, item, line) {
    const first = Math.floor(item.from / 8), last = Math.ceil(item.to / 8) - 1;
    const bits = item.to - item.from;
    const size = bits % 8 || item.bits ? plural(bits, "bit") : plural(bits / 8, "byte");
    const where = (first === last ? "byte " + first : "bytes " + first + " to " + last) + ", " + size;
    if (item.isHole) {
      const owner = item.parts[0].path;
      return [(item.parts[0].type === -1 ? "hole" : "padding at the end") + (owner ? " of " + owner : ""), where + ", nothing there"];
    }
    const names = item.parts.map(part => part.path + (part.bits ? ":" + part.bits : ""));
    const said = [names.join(", "), [...new Set(item.parts.map(part => struct.types[part.type]))].join(", "), where + ", line " + line];
    for (const { use, path } of item.uses) {
      said.push((path ? path + ": " : "") + struct.uses[use][2]);
    }
    if (!item.uses.length) {
      said.push("no access to it is known");
    }
    return said;
  }

  // ---- drawing the lines of structs

  const ROW = 40, LANE = 20, LEAST_BYTE = 9.5, CHAR = 7.25;
  const LONG = 12;        // structs up to so many lines are shown whole
  const AT_ONCE = 100;    // lines that are opened at a time
  let maps = 0;

  function lineMap(figure, findings) {
    const structs = JSON.parse(one("script", figure).textContent);
    const state = structs.map(struct => ({ struct, items: items(struct), residue: 0, opened: new Set() }));
    const own = structs[0].line;
    let lineBytes = own;
    const number = maps++;
    const level = structs.length > 1 ? "h3" : null;
    const tip = make("div", { class: "tip", role: "presentation", hidden: true });
    const holder = make("div", { class: structs.length > 1 ? "maps two" : "maps" });
    let picked = [];
    // What collides is marked from the start: the fields of the first finding, the worst, unless it is only info.
    const worst = findings.find(finding => finding.isGrave) ?? { fields: [], rule: "" };
    const isWorst = item => !item.isHole && item.parts.some(part => worst.fields.some(field => isNamed(part.path, field)));

    // -- controls

    const sizes = [...new Set([64, 128, own])].sort((a, b) => a - b);
    const controls = make("div", { class: "controls" }, make("fieldset", {}, make("legend", {}, "Line size"),
      ...sizes.map(size => make("label", {}, make("input", { type: "radio", name: "line" + number, value: size, checked: size === own }), size + " bytes"))));
    controls.addEventListener("change", event => {
      if (event.target.type === "radio") {
        lineBytes = Number(event.target.value);
        state.forEach(one => { one.residue = 0; one.opened.clear(); });
        render();
      }
    });
    const key = make("ul", { class: "key", "aria-label": "Key" });

    function swatch(kind, words) {
      return make("li", {}, draw("svg", { width: 18, height: 14, "aria-hidden": "true" }, draw("rect", { width: 18, height: 14, class: "swatch " + kind })), words);
    }
    const roles = [...new Set(structs.flatMap(struct => struct.roles))];
    roles.forEach((role, i) => {
      const uses = structs.flatMap(struct => struct.uses.filter(use => struct.roles[use[0]] === role));
      const digit = roles.length > 1 ? i + 1 : "";
      if (uses.some(use => use[1])) { key.append(swatch("w u" + i % 6, "W" + digit + " written by " + role)); }
      if (uses.some(use => !use[1])) { key.append(swatch("r u" + i % 6, "R" + digit + " read by " + role)); }
    });
    key.append(swatch("quiet", "no known access"), swatch("hole", "hole"));
    if (structs.some(struct => struct.uses.some(use => use[3]))) {
      key.append(make("li", {}, "the longer the bar on top of a field and the stronger its colour, the more often a run saw it used"));
    } else if (structs.some(struct => struct.uses.some(use => use[4]))) {
      key.append(make("li", {}, "the longer the bar on top of a field and the stronger its colour, the more often it is used (by powers of ten)"));
    }
    if (worst.fields.length) {
      key.append(make("li", {}, draw("svg", { width: 18, height: 14, "aria-hidden": "true" }, draw("rect", { width: 18, height: 14, class: "swatch quiet" }),
        draw("rect", { x: 1.5, y: 1.5, width: 15, height: 11, class: "collides" })), "collide: " + worst.rule));
    }
    [...new Set(structs.filter(struct => isGuess(struct) && struct.uses.length).map(struct => KNOWN_BY[struct.certainty]))]
      .filter(Boolean).forEach(words => key.append(make("li", {}, words)));

    // -- one struct

    function structMap(one) {
      const box = make("div", { class: "map" });
      if (level) { box.append(make(level, {}, one.struct.name + ", " + plural(one.struct.size, "byte"))); }
      const places = Math.max(1, lineBytes / one.struct.align);
      if (places > 1) {
        const words = make("output", {});
        const say = () => {
          words.textContent = (one.residue / one.struct.align + 1) + " of " + places
            + (one.residue ? ": begins " + plural(one.residue, "byte") + " into a line" : ": begins on a line");
        };
        const range = make("input", { type: "range", min: 0, max: places - 1, value: one.residue / one.struct.align, "aria-label": "Placement of " + one.struct.name });
        range.addEventListener("input", () => {
          one.residue = Number(range.value) * one.struct.align;
          one.opened.clear();
          say();
          list.replaceWith(list = lines(one));
          mark();
        });
        say();
        box.append(make("label", { class: "placement" }, "Placement", range, words));
      }
      let list = lines(one);
      box.append(list);
      return box;
    }

    function lines(one) {
      const { struct, items: found, residue } = one;
      const list = make("ol", { "aria-label": "Lines of " + struct.name });
      const count = Math.ceil((struct.size + residue) / lineBytes);
      const byLine = new Map(), long = [];
      const busy = new Set();
      const guessed = isGuess(struct);
      const wanted = [...picked, ...findings.flatMap(finding => finding.fields)];
      for (const item of found) {
        const first = Math.floor((residue + Math.floor(item.from / 8)) / lineBytes);
        const last = Math.floor((residue + Math.ceil(item.to / 8) - 1) / lineBytes);
        const isBusy = item.kind === "w" || (!guessed && item.kind === "r")
          || (!item.isHole && item.parts.some(part => wanted.some(field => isNamed(part.path, field))));
        if (last - first > 3) {
          long.push({ item, first, last });
          if (isBusy) { busy.add(first).add(last); }
          continue;
        }
        for (let i = first; i <= last; i++) {
          if (!byLine.has(i)) { byLine.set(i, []); }
          byLine.get(i).push(item);
          if (isBusy) { busy.add(i); }
        }
      }
      const isShown = i => count <= LONG || busy.has(i) || one.opened.has(i) || (!busy.size && i < 4);
      const within = i => long.find(l => l.first < i && i < l.last); // a line that one long field fills
      // Between these, one line is like the next: a struct of gigabytes is not walked line by line.
      const stops = [...new Set([1, 2, 3, 4, count, ...busy, ...one.opened,
        ...long.flatMap(l => [l.first, l.first + 1, l.last, l.last + 1])])].sort((a, b) => a - b);
      let stop = 0;
      for (let i = 0; i < count; i++) {
        let end = i;
        const whole = within(i);
        while (end < count && !isShown(end) && within(end) === whole) {
          while (stops[stop] <= end) { stop++; }
          end = Math.min(count, stops[stop]);
        }
        if (end - i > 2) {
          list.append(more(one, i, end, whole));
          i = end - 1;
        } else {
          list.append(line(one, i, [...long.filter(l => l.first <= i && i <= l.last).map(l => l.item), ...(byLine.get(i) || [])]));
        }
      }
      return list;
    }

    function more(one, from, to, whole) {
      const words = "Lines " + from + " to " + (to - 1) + ", " + plural((to - from) * lineBytes, "byte") + ": "
        + (whole ? "all of them " + (whole.item.parts[0].path || "padding") : one.struct.certainty === "declared" ? "no access to them is known" : "no write to them is known") + ". Show"
        + (to - from > AT_ONCE ? " the next " + AT_ONCE : "");
      const button = make("button", { type: "button", class: "more" }, words);
      button.addEventListener("click", () => {
        for (let i = from; i < Math.min(to, from + AT_ONCE); i++) { one.opened.add(i); }
        render();
        focusLine(one, from);
      });
      return make("li", {}, button);
    }

    function focusLine(one, i) {
      const box = all(".map", holder)[state.indexOf(one)].querySelector("[data-line='" + i + "'] .box");
      if (box) { box.focus(); }
    }

    function line(one, i, found) {
      const { struct, residue } = one;
      const width = holderWidth() / structsAcross();
      const start = i * lineBytes - residue; // byte of the struct that the line begins with
      const first = Math.max(0, start), last = Math.min(struct.size, start + lineBytes) - 1;
      let rowBytes = lineBytes;
      while (rowBytes > 8 && (width - 4) / rowBytes < LEAST_BYTE) { rowBytes /= 2; }
      const byte = Math.min(24, (width - 4) / rowBytes);
      const rows = lineBytes / rowBytes;
      const svg = draw("svg", { role: "group", "aria-label": "line " + i });
      let y = 1;
      for (let row = 0; row < rows; row++) {
        const from = start + row * rowBytes, to = from + rowBytes;
        if (from > last || to <= first) {
          if (rows === 1 || (to > start && from < last + lineBytes)) { continue; }
        }
        const inRow = found.filter(item => item.from < to * 8 && item.to > from * 8);
        const height = Math.max(ROW, ...inRow.map(item => item.lanes * LANE));
        for (const [a, b] of [[from, Math.min(to, 0)], [Math.max(from, struct.size), to]]) {
          if (b > a) { svg.append(draw("rect", { class: "outside", x: 1 + (a - from) * byte, y: y + 2, width: (b - a) * byte, height: height - 4 })); }
        }
        inRow.forEach(item => svg.append(cell(one, item, i, from, to, byte, y, height)));
        svg.append(draw("rect", { class: "frame", x: .5, y: y - .5, width: rowBytes * byte + 1, height: height + 1 }));
        y += height + 3;
      }
      svg.setAttribute("width", rowBytes * byte + 2);
      svg.setAttribute("height", y);
      return make("li", { class: "line", "data-line": i }, make("span", { class: "where" }, "line " + i + " · bytes " + first + " to " + last), svg);
    }

    function cell(one, item, lineNumber, from, to, byte, y, height) {
      const a = Math.max(item.from / 8, from), b = Math.min(item.to / 8, to);
      const x = 1 + (a - from) * byte, width = (b - a) * byte;
      const laneHeight = height / item.lanes, top = y + item.lane * laneHeight;
      const said = facts(one.struct, item, lineNumber);
      if (isWorst(item)) { said.push("collides: " + worst.rule); }
      const group = draw("g", { class: "box " + item.kind + " u" + item.hue, tabindex: -1, role: "img", "aria-label": said.join("; ") });
      group.append(draw("rect", { class: "fill", x, y: top, width, height: laneHeight }));
      if (item.kind === "r" || (item.kind === "w" && item.heat > 0 && item.heat <= .5)) { group.append(draw("rect", { class: "edge", x: x + .5, y: top + laneHeight - 4, width: Math.max(0, width - 1), height: 3 })); }
      if (item.heat > 0) {
        group.append(draw("rect", { class: "count", x: x + .5, y: top, width: Math.max(1, (width - 1) * item.heat), height: 3 }));
        group.classList.add("c" + Math.ceil(item.heat * 4));
      }
      item.parts.slice(1).forEach(part => {
        if (part.from / 8 > a && part.from / 8 < b) {
          const at = 1 + (part.from / 8 - from) * byte;
          group.append(draw("path", { class: "bits", d: "M" + at + " " + (top + laneHeight * .55) + "V" + (top + laneHeight) }));
        }
      });
      if (!item.isHole) { label(group, item, x, top, width, laneHeight); }
      if (isWorst(item)) {
        const frame = { x: x + 2, y: top + 2, width: Math.max(1, width - 4), height: laneHeight - 4 };
        group.append(draw("rect", { class: "collides under", ...frame }), draw("rect", { class: "collides", ...frame }));
      }
      group.faultline = { one, item, said, path: item.parts[0].path };
      return group;
    }

    /** The name as far as there is room for it, and the letters that say who touches it. */
    function label(group, item, x, top, width, height) {
      const chars = Math.floor((width - 5) / CHAR);
      const full = item.parts.map(part => part.path).join(", ");
      const last = item.parts.map(part => part.path.slice(part.path.lastIndexOf(".") + 1)).join(", ");
      const low = height < 34; // one row of text: name, then letters where they fit
      const codeChars = item.code && item.code.length <= chars ? item.code.length + (low ? 1 : 0) : 0;
      const room = low && chars - codeChars >= 3 ? chars - codeChars : chars;
      const name = full.length <= room ? full : last.length <= room ? last : room >= 3 ? last.slice(0, room - 1) + "…" : "";
      const text = (at, words, attributes = {}) => group.append(draw("text", { x: at, ...attributes }, words));
      if (low) {
        const middle = top + height / 2 + 4;
        if (name) { text(x + 3, name, { y: middle }); }
        if (codeChars && (!name || name.length + codeChars <= chars)) {
          text(x + width - 3, item.code, { y: middle, class: "code", "text-anchor": "end" });
        }
      } else {
        if (name) { text(x + 3, name, { y: top + 16 }); }
        if (codeChars) { text(x + 3, item.code, { y: top + 31, class: "code" }); }
      }
    }

    // -- all of it

    const structsAcross = () => structs.length > 1 && holder.clientWidth >= 868 ? 2 : 1;
    const holderWidth = () => Math.max(200, holder.clientWidth) - (structsAcross() - 1) * 26;
    let drawnWidth = 0;
    function render() {
      drawnWidth = holder.clientWidth;
      hide();
      holder.replaceChildren(...state.map(structMap));
      mark();
    }

    /** Highlights the fields that a finding names; opens the lines they are on. */
    function mark() {
      let first = null;
      for (const box of all(".box", holder)) {
        const { item } = box.faultline;
        const hit = !item.isHole && item.parts.some(part => picked.some(field => isNamed(part.path, field)));
        box.classList.toggle("hit", hit);
        first = first || (hit ? box : null);
      }
      figure.classList.toggle("picking", first !== null);
      const boxes = all(".box", holder);
      if (boxes.length && !boxes.some(box => box.getAttribute("tabindex") === "0")) { boxes[0].setAttribute("tabindex", 0); }
      return first;
    }
    function pick(fields) {
      picked = fields;
      return mark();
    }

    // -- facts on hover and focus

    function tell(box) {
      const { said } = box.faultline;
      tip.replaceChildren(make("b", {}, said[0]), ...said.slice(1).map(words => make("span", {}, words)));
      tip.hidden = false;
      const frame = figure.getBoundingClientRect(), at = box.getBoundingClientRect(), own = tip.getBoundingClientRect();
      tip.style.left = Math.max(0, Math.min(at.left - frame.left, frame.width - own.width)) + "px";
      const below = at.bottom + own.height + 12 < innerHeight || at.top < own.height + 60;
      tip.style.top = (below ? at.bottom - frame.top + 6 : at.top - frame.top - own.height - 6) + "px";
      const { item, path } = box.faultline;
      if (structs.length > 1 && !item.isHole) { // where it was, or went
        all(".box", holder).forEach(other => other.classList.toggle("same", other.faultline.path === path && !other.faultline.item.isHole));
      }
      findings.forEach(finding => finding.element.classList.toggle("named",
        !item.isHole && item.parts.some(part => finding.fields.some(field => isNamed(part.path, field)))));
    }
    function hide() {
      tip.hidden = true;
      all(".box.same", holder).forEach(box => box.classList.remove("same"));
      findings.forEach(finding => finding.element.classList.remove("named"));
    }
    const boxOf = event => event.target.closest && event.target.closest(".box");
    holder.addEventListener("pointerover", event => { const box = boxOf(event); if (box) { tell(box); } });
    holder.addEventListener("pointerout", hide);
    holder.addEventListener("focusin", event => {
      const box = boxOf(event);
      if (box) {
        all(".box[tabindex='0']", holder).forEach(other => other.setAttribute("tabindex", -1));
        box.setAttribute("tabindex", 0);
        tell(box);
      }
    });
    holder.addEventListener("focusout", hide);
    holder.addEventListener("keydown", event => {
      const box = boxOf(event);
      if (!box) { return; }
      if (event.key === "Escape") { hide(); return; }
      const boxes = all(".box", holder), at = boxes.indexOf(box);
      const next = { ArrowRight: () => boxes[at + 1], ArrowLeft: () => boxes[at - 1], Home: () => boxes[0], End: () => boxes[boxes.length - 1],
        ArrowDown: () => vertically(boxes, box, 1), ArrowUp: () => vertically(boxes, box, -1) }[event.key];
      if (next) {
        event.preventDefault();
        const to = next();
        if (to) { to.focus(); }
      }
    });
    /** The next box below or above that is nearest to the middle of this one. */
    function vertically(boxes, box, way) {
      const here = box.getBoundingClientRect(), middle = here.left + here.width / 2;
      let best = null, bestAway = Infinity;
      for (const other of boxes) {
        const there = other.getBoundingClientRect();
        const down = way > 0 ? there.top - here.bottom + 1 : here.top - there.bottom + 1;
        if (down >= 0) {
          const away = down * 4 + Math.max(0, there.left - middle, middle - there.right);
          if (away < bestAway) { best = other; bestAway = away; }
        }
      }
      return best;
    }

    // -- the same for those who cannot see

    const table = make("details", {}, make("summary", {}, "Fields as a table"));
    table.addEventListener("toggle", () => {
      if (table.open && table.childElementCount === 1) {
        for (const { struct, items: found } of state) { table.append(fieldTable(struct, found)); }
      }
    });

    figure.append(controls, key, holder, tip, table);
    new ResizeObserver(() => { if (holder.clientWidth && holder.clientWidth !== drawnWidth) { render(); } }).observe(holder);
    render();
    return { pick, redraw: render };
  }

  function fieldTable(struct, found) {
    const heads = ["bytes", "field", "type", "who accesses it"];
    return make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Fields of " + struct.name }, make("table", {},
      make("caption", {}, struct.name),
      make("thead", {}, make("tr", {}, ...heads.map(head => make("th", { scope: "col" }, head)))),
      make("tbody", {}, ...found.map(item => {
        const [name, ...said] = facts(struct, item, Math.floor(item.from / 8 / struct.line));
        return make("tr", {}, make("td", { class: "n" }, Math.floor(item.from / 8) + ".." + (Math.ceil(item.to / 8) - 1)),
          make("th", { scope: "row" }, name),
          make("td", {}, item.isHole ? "" : said[0]),
          make("td", {}, item.isHole ? "" : said.slice(2).join("; ")));
      }))));
  }

  // ---- findings that point at lines

  function enliven(root) {
    for (const document of all(".doc", root)) {
      const findings = all(".finding", document).map(element => ({ element, fields: JSON.parse(element.dataset.fields),
        rule: one("a", element).textContent, isGrave: element.matches(".error, .warning") }));
      const drawn = all(".linemap", document).map(figure => lineMap(figure, findings));
      if (!drawn.length) { continue; }
      let pinned = null;
      const pin = (finding, scroll) => {
        pinned = pinned === finding ? null : finding;
        for (const other of findings) {
          other.element.classList.toggle("pinned", other === pinned);
          other.button.setAttribute("aria-pressed", other === pinned);
        }
        const first = drawn.map(map => map.pick(pinned ? pinned.fields : [])).find(box => box);
        if (first && scroll) { first.scrollIntoView({ block: "center" }); }
      };
      for (const finding of findings) {
        finding.button = make("button", { type: "button", class: "show", "aria-pressed": false }, "Show on the lines");
        finding.pin = () => { if (pinned !== finding) { pin(finding, false); } };
        one(".note", finding.element).append(finding.button);
        if (!finding.fields.length) { finding.button.hidden = true; continue; }
        finding.element.addEventListener("click", event => {
          if (!event.target.closest("a") && !String(getSelection())) { pin(finding, event.target === finding.button); }
        });
        finding.element.addEventListener("pointerenter", () => { if (!pinned) { drawn.forEach(map => map.pick(finding.fields)); } });
        finding.element.addEventListener("pointerleave", () => { if (!pinned) { drawn.forEach(map => map.pick([])); } });
        finding.element.finding = finding;
      }
    }
  }

  // ---- a report on many structs: tables that draw only the rows in sight

  async function unpack(id) {
    const packed = Uint8Array.from(atob(document.getElementById(id).textContent), c => c.charCodeAt(0));
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  }

  /**
   * A table of many rows.
   * @param columns {head, key(row) to sort by, cell(row) node or text, className, fall: whether it begins with the largest}
   * @param search text of a row, in lower case
   */
  function bigTable(name, columns, rows, search) {
    let sorted = { column: null, falling: false };
    let order = rows.map((_, i) => i);
    let shown = order;
    let test = () => true;
    const keys = new Map(), haystack = rows.map(search);
    const body = make("tbody");
    const heads = columns.map(column => {
      const button = make("button", { type: "button" }, column.head);
      button.addEventListener("click", () => sort(column, sorted.column === column ? !sorted.falling : Boolean(column.fall)));
      return make("th", { scope: "col", class: column.className || null, role: "columnheader" }, button);
    });
    const table = make("table", { role: "table", "aria-label": name }, make("thead", { role: "rowgroup" }, make("tr", { role: "row", "aria-rowindex": 1 }, ...heads)), body);
    body.setAttribute("role", "rowgroup");
    const view = make("div", { class: "big", tabindex: 0, role: "region", "aria-label": name }, table);
    let from = -1, to = -1;

    const narrow = matchMedia("(max-width: 720px)");
    const rowHeight = () => narrow.matches ? 62 : 34;
    const gap = height => make("tr", { class: "gap", "aria-hidden": "true", role: "presentation" }, make("td", { colspan: columns.length, role: "presentation", height }));

    function paint(force) {
      const height = rowHeight();
      const first = Math.max(0, Math.floor(view.scrollTop / height) - 12);
      const last = Math.min(shown.length, first + Math.ceil((view.clientHeight || 600) / height) + 24);
      if (!force && first === from && last === to) { return; }
      from = first;
      to = last;
      const drawn = shown.slice(first, last).map((at, i) => {
        const row = rows[at];
        return make("tr", { role: "row", "aria-rowindex": first + i + 2 }, ...columns.map((column, c) =>
          make(c === 1 ? "th" : "td", { class: column.className || null, role: c === 1 ? "rowheader" : "cell", scope: c === 1 ? "row" : null }, column.cell(row))));
      });
      if (!shown.length) {
        drawn.push(make("tr", { class: "empty", role: "row" }, make("td", { colspan: columns.length, role: "cell" }, "nothing matches")));
      }
      const above = gap(first * height), below = gap((shown.length - last) * height);
      above.firstChild.style.height = first * height + "px";
      below.firstChild.style.height = (shown.length - last) * height + "px";
      const focused = document.activeElement && body.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      body.replaceChildren(above, ...drawn, below);
      if (focused) {
        const again = all("a", body).find(link => link.getAttribute("href") === focused);
        if (again) { again.focus({ preventScroll: true }); }
      }
    }
    function sort(column, falling) {
      sorted = { column, falling };
      if (!keys.has(column)) { keys.set(column, rows.map(column.key)); }
      const key = keys.get(column), way = falling ? -1 : 1;
      order.sort((a, b) => key[a] < key[b] ? -way : key[a] > key[b] ? way : a - b);
      heads.forEach((head, i) => {
        if (columns[i] === column) { head.setAttribute("aria-sort", falling ? "descending" : "ascending"); } else { head.removeAttribute("aria-sort"); }
        head.firstChild.textContent = columns[i].head + (columns[i] === column ? falling ? " ▼" : " ▲" : "");
      });
      filter(test);
    }
    function filter(other) {
      test = other;
      shown = order.filter(i => test(rows[i], haystack[i]));
      table.setAttribute("aria-rowcount", shown.length + 1);
      view.scrollTop = 0;
      paint(true);
    }
    view.addEventListener("scroll", () => paint(false), { passive: true });
    addEventListener("resize", () => paint(true));
    const sortBy = head => sort(columns.find(column => column.head === head), true);
    return { view, sortBy, filter, paint, count: () => shown.length };
  }

  async function openOverview(section) {
    const data = JSON.parse(await unpack("overview-data"));
    const names = data.structs.map(struct => struct[0]);
    const byName = new Map(), places = new Map();
    // Two structs of one name are told apart by a number after the name.
    const links = names.map((name, i) => {
      const count = (places.get(name) || 0) + 1;
      places.set(name, count);
      const link = encodeURIComponent(name) + (count > 1 ? "~" + count : "");
      byName.set(link, i);
      return link;
    });
    const numbers = new Map(data.structs.map((struct, i) => [struct, i]));
    const severity = ["info", "warning", "error"];
    const word = level => severity[level] || "suspicion"; // of level -1
    /** Packages of classes would fill the column before what tells them apart. */
    const withoutPackage = name => name.replace(/^(?:[a-z_][a-z0-9_]*\.)+(?=[A-Z])/, "");
    const link = (struct, place) => make("a", { href: "#struct=" + links[struct] + (place === undefined ? "" : "&finding=" + place), title: names[struct] }, withoutPackage(names[struct]));

    const hazards = bigTable("Hazards", [
      { head: "Severity", className: "bad-head", key: h => h[3] * 1e6 + h[7], cell: h => make("span", { class: "sev " + (severity[h[3]] || "info") }, word(h[3])), fall: true },
      { head: "Hazard", className: "name", key: h => data.rules[h[2]], cell: h => make("a", { href: "#struct=" + links[h[0]] + "&finding=" + h[1] }, data.rules[h[2]]) },
      { head: "Struct", key: h => names[h[0]], cell: h => link(h[0]), className: "name second" },
      { head: "Fields", key: h => h[4], cell: h => h[4], className: "wide fields" },
      { head: "Fixing saves", key: h => h[7], cell: h => h[5], className: "wide n", fall: true },
      { head: "CPU time saved", key: h => h[7], cell: h => h[6], className: "n", fall: true },
    ], data.hazards, h => (data.rules[h[2]] + " " + names[h[0]] + " " + h[4]).toLowerCase());
    const structs = bigTable("Structs", [
      { head: "Findings", className: "few", key: s => s[7] * 1e6 + s[8] * 1e3 + s[9], cell: s => counts(s), fall: true },
      { head: "Struct", key: s => s[0], cell: s => link(numbers.get(s)) },
      { head: "Bytes", key: s => s[2], cell: s => s[2].toLocaleString("en"), className: "n", fall: true },
      { head: "Lines", key: s => s[3], cell: s => s[3].toLocaleString("en"), className: "n wide", fall: true },
      { head: "Holes", key: s => s[4], cell: s => s[4].toLocaleString("en"), className: "n wide", fall: true },
      { head: "CPU time lost", key: s => s[6], cell: s => s[5], className: "n wide", fall: true },
    ], data.structs, s => (s[1] + " " + s[0]).toLowerCase());
    function counts(struct) {
      return ["error", "warning", "info"].map((word, i) => struct[7 + i] ? struct[7 + i] + " " + word + (i < 2 && struct[7 + i] > 1 ? "s" : "") : "")
        .filter(Boolean).join(", ") || "-";
    }

    const search = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    const rule = make("select", {}, make("option", { value: "" }, "every rule"), ...data.rules.map((name, i) => [name, i]).sort().map(([name, i]) => make("option", { value: i }, name)));
    const least = make("select", {}, ...severity.map((word, i) => make("option", { value: i }, i === 0 ? "all findings" : i === 1 ? "warnings and errors" : "errors")),
      make("option", { value: -1 }, "suspicions too"));
    const count = make("p", { class: "count", role: "status" });
    const tabs = [["Hazards", hazards], ["Structs", structs]].map(([name, table]) => {
      const button = make("button", { type: "button", "aria-pressed": false }, name);
      button.addEventListener("click", () => choose(table));
      return { button, table, name };
    });
    const ruleLabel = make("label", {}, "Rule", rule), leastLabel = make("label", {}, "Severity", least);
    let current = null;
    const filterAll = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const fits = text => words.every(word => text.includes(word));
      const wanted = rule.value === "" ? -1 : Number(rule.value), from = Number(least.value);
      if (current === hazards) {
        hazards.filter((h, text) => h[3] >= from && (wanted < 0 || h[2] === wanted) && fits(text));
      } else {
        structs.filter((s, text) => fits(text));
      }
      const of = current === hazards ? data.hazards.length : data.structs.length;
      count.textContent = current.count().toLocaleString("en") + " of " + plural(of, current === hazards ? "hazard" : "struct");
    };
    function choose(table) {
      current = table;
      tabs.forEach(tab => {
        tab.button.setAttribute("aria-pressed", tab.table === table);
        tab.table.view.hidden = tab.table !== table;
      });
      ruleLabel.hidden = leastLabel.hidden = table !== hazards;
      filterAll();
    }
    search.addEventListener("input", filterAll);
    rule.addEventListener("change", filterAll);
    least.addEventListener("change", filterAll);
    section.append(
      make("div", { class: "tools" }, make("div", { class: "tabs", role: "group", "aria-label": "What is listed" }, ...tabs.map(tab => tab.button)),
        make("label", {}, "Search names, fields and rules", search), ruleLabel, leastLabel),
      count, hazards.view, structs.view);
    hazards.sortBy(data.hazards.some(h => h[7] > 0) ? "CPU time saved" : "Severity");
    structs.sortBy("CPU time lost");
    choose(data.hazards.some(h => h[3] >= 0) ? hazards : structs);

    // -- one struct

    const chunks = new Map();
    const place = one("#struct");
    async function open(address) {
      const [name, ...rest] = address.split("&");
      const at = byName.get(name);
      if (at === undefined) { return close(); }
      const [chunk, number] = data.structs[at].slice(10);
      if (!chunks.has(chunk)) { chunks.set(chunk, unpack("chunk" + chunk).then(text => text.split("\x1e"))); }
      const markup = (await chunks.get(chunk))[number];
      place.innerHTML = markup; // escaped where it was written; the policy of the page lets nothing in it run
      place.prepend(make("p", {}, make("a", { href: "#" }, "← All hazards and structs")));
      section.hidden = true;
      place.hidden = false;
      document.title = names[at] + " – Faultline";
      enliven(place);
      const finding = rest.map(part => /^finding=(\d+)$/.exec(part)).find(Boolean);
      const element = finding && all(".finding", place)[Number(finding[1])];
      scrollTo(0, 0);
      if (element) {
        const fold = element.closest("details");
        if (fold) { fold.open = true; }
        element.finding?.pin();
        element.tabIndex = -1;
        element.scrollIntoView({ block: "nearest" });
        element.focus({ preventScroll: true });
      } else {
        one("h1", place).focus({ preventScroll: true });
      }
    }
    let left = 0;
    function close() {
      const wasOpen = !place.hidden;
      place.hidden = true;
      place.replaceChildren();
      section.hidden = false;
      document.title = one("h1", section).textContent + " – Faultline";
      current.paint(true);
      if (wasOpen) {
        scrollTo(0, left);
        one("h1", section).focus({ preventScroll: true });
      }
    }
    function route() {
      const address = location.hash;
      if (address.startsWith("#rule-")) {
        openRule();
      } else if (address.startsWith("#struct=")) {
        if (!section.hidden) { left = scrollY; }
        open(address.slice("#struct=".length));
      } else {
        close();
      }
    }
    addEventListener("hashchange", route);
    route();
    performance.mark("overview");
  }

  /** The page of a rule lies folded at the end. */
  function openRule() {
    const page = location.hash.startsWith("#rule-") && document.getElementById(location.hash.slice(1));
    if (page) {
      page.open = true;
      page.scrollIntoView();
      one("summary", page).focus({ preventScroll: true });
    }
  }

  const overview = one("#overview");
  if (overview) {
    openOverview(overview);
  } else {
    enliven(document);
    addEventListener("hashchange", openRule);
    openRule();
  }
})();
