/* Look-up of villages, townships, works and issues. The index is a script, so it works from disk. */
(function () {
  "use strict";
  var form = document.querySelector("[data-qy-find]");
  if (!form) return;
  /* The page for missing addresses names the path of the site; opened from disk it lies beside it. */
  var root = location.protocol === "file:" && /^\//.test(form.getAttribute("data-root")) ? ""
    : form.getAttribute("data-root") || "";
  var input = form.querySelector("input"), box = form.querySelector(".qy-hits");
  var SHOWN = 12, rows = null, active = -1;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", "qy-hits");
  input.setAttribute("aria-autocomplete", "list");
  box.id = "qy-hits";

  function load(done) {
    if (rows) return done();
    var script = document.createElement("script");
    script.src = root + "assets/lookup-index.js";
    script.onload = function () { unpack(window.qyIndex || [{}, []]); done(); };
    script.onerror = function () { say("查找的索引没有打开，请从县区一级级点。", []); };
    document.head.appendChild(script);
  }
  function unpack(index) {
    var first = {}, last = "";
    for (var letter in index[0]) index[0][letter].split("").forEach(function (c) { first[c] = letter; });
    rows = [];
    (index[1] || []).forEach(function (group) {
      group[2].forEach(function (place) {
        for (var n = 0; n < place[1].length; n += 2) {
          var name = place[1][n], key = place[1][n + 1];
          if (name.charAt(0) === "~") name = (+name.charAt(1) ? place[0].slice(-name.charAt(1)) : "") + name.slice(2);
          if (key.charAt(0) === "=") key = last.slice(0, last.length - key.length + 1) + key.slice(1);
          last = key;
          rows.push({
            kind: group[0], where: place[0], name: name, key: key, folder: group[1],
            first: name.split("").map(function (c) { return first[c] || ""; }).join("")
          });
        }
      });
    });
  }
  function address(row) {
    return root + (row.kind === "说明" ? row.folder + "#" + row.key : row.folder + "/" + row.key + ".html");
  }
  /* Every word must be found in the name, the place or the initials; a name that begins so is first. */
  function search(text) {
    var words = text.toLowerCase().split(/[\s,，、]+/).filter(Boolean);
    if (!words.length) return [];
    var joined = words.join("");
    var found = [];
    rows.forEach(function (row, order) {
      var whole = row.where + row.name;
      var hit = words.every(function (w) {
        return whole.indexOf(w) >= 0 || row.key.indexOf(w) === 0 || (/^[a-z]+$/.test(w) && row.first.indexOf(w) === 0);
      });
      if (!hit) hit = whole.indexOf(joined) >= 0;
      if (!hit) return;
      var last = words[words.length - 1];
      var rank = row.name === last || row.key === text ? 0 : row.name === last + "村" ? 1
        : row.name.indexOf(last) === 0 ? 2 : row.name.indexOf(last) > 0 ? 3 : row.first === last ? 3 : 4;
      if (row.kind === "工程") rank += 0.3;
      if (row.kind === "问题" || row.kind === "说明") rank += 0.6;
      found.push([rank, order, row]);
    });
    found.sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; });
    return found.map(function (f) { return f[2]; });
  }
  /* Names that share most of their characters, for a slip of the finger. */
  function near(text) {
    var letters = text.replace(/\s/g, "").split("");
    var seen = {}, found = [];
    rows.forEach(function (row) {
      if (row.kind !== "村" || seen[row.name]) return;
      var same = letters.filter(function (c) { return row.name.indexOf(c) >= 0; }).length;
      if (same && same >= letters.length - 1 && Math.abs(row.name.length - letters.length) < 2) {
        seen[row.name] = 1;
        found.push([letters.length - same, row]);
      }
    });
    found.sort(function (a, b) { return a[0] - b[0]; });
    return found.slice(0, 4).map(function (f) { return f[1]; });
  }
  function make(tag, text) {
    var node = document.createElement(tag);
    if (text) node.textContent = text;
    return node;
  }
  function named(row, word) {
    var b = make("b"), at = word ? row.name.indexOf(word) : -1;
    if (at < 0) { b.textContent = row.name; return b; }
    b.appendChild(document.createTextNode(row.name.slice(0, at)));
    b.appendChild(make("mark", word));
    b.appendChild(document.createTextNode(row.name.slice(at + word.length)));
    return b;
  }
  function say(text, hits, word) {
    box.textContent = "";
    box.hidden = false;
    active = -1;
    var status = make("p", text);
    status.className = "qy-hits__status";
    status.setAttribute("role", "status");
    box.appendChild(status);
    var list = make("div");
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "找到的");
    hits.slice(0, SHOWN).forEach(function (row, n) {
      var a = make("a");
      a.href = address(row);
      a.id = "qy-hit-" + n;
      a.setAttribute("role", "option");
      a.setAttribute("aria-selected", "false");
      a.appendChild(named(row, word));
      a.appendChild(make("em", row.kind));
      a.appendChild(make("span", row.where));
      list.appendChild(a);
    });
    if (hits.length) box.appendChild(list);
    input.setAttribute("aria-expanded", String(hits.length > 0));
    input.removeAttribute("aria-activedescendant");
  }
  function close() {
    box.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function show() {
    var text = input.value.trim();
    if (!text) return close();
    load(function () {
      if (!rows) return;
      var hits = search(text), word = text.split(/\s+/).pop();
      if (hits.length) {
        var more = hits.length > SHOWN ? "，先列 " + SHOWN + " 个，再写几个字会更准" : "，请看清县和乡镇";
        say("找到 " + hits.length + " 个“" + text + "”" + (hits.length > 1 ? more : ""), hits, word);
      } else {
        var alike = near(text);
        say("没找到“" + text + "”。" + (alike.length ? "是不是：" : "也可以从县区一级级点。"), alike);
      }
    });
  }
  function move(step) {
    var options = box.querySelectorAll("[role=option]");
    if (!options.length) return;
    if (active >= 0) options[active].setAttribute("aria-selected", "false");
    active = (active + step + options.length) % options.length;
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  }
  input.addEventListener("input", show);
  input.addEventListener("focus", function () { load(function () {}); });
  input.addEventListener("keydown", function (e) {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") { e.preventDefault(); move(e.key === "ArrowDown" ? 1 : -1); }
    else if (e.key === "Escape") close();
  });
  form.addEventListener("submit", function (e) {
    e.preventDefault();
    var chosen = box.querySelectorAll("[role=option]")[Math.max(active, 0)];
    if (active >= 0 && chosen) location.href = chosen.href; else show();
  });
})();
