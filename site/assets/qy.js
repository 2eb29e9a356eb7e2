/* Large type and colour scheme: two buttons, remembered. Everything else works without scripts. */
(function () {
  "use strict";
  var root = document.documentElement, body = document.body;
  function keep(key, value) { try { localStorage.setItem(key, value); } catch (e) { /* private window */ } }
  function each(name, act) {
    Array.prototype.forEach.call(document.querySelectorAll("[" + name + "]"), act);
  }
  function scheme(name) {
    body.setAttribute("data-md-color-scheme", name);
  }
  function care(on) {
    if (on) root.setAttribute("data-qy-care", ""); else root.removeAttribute("data-qy-care");
    each("data-qy-care-toggle", function (b) { b.setAttribute("aria-pressed", String(on)); });
    Array.prototype.forEach.call(document.querySelectorAll("details.qy-data"), function (d) {
      if (on) d.open = true;
    });
  }
  /* A board on a wall, or a print, carries a code (?v=): say whether it is outdated, and in what. */
  function board() {
    var match = /[?&]v=([0-9a-f]{4,64})(?:&|$)/.exec(location.search);
    var told = document.querySelector('meta[name="page-digest"]'), title = document.querySelector("h1");
    var here = document.querySelector("[data-qy-board]");
    if (!match || !told || !title) return;
    var code = match[1], now = here ? here.getAttribute("data-qy-board") : told.getAttribute("content");
    var lines = [], first, last;
    if (here && code.length === now.length) {
      lines = code === now ? [] : differing(here, code, now);
      first = code === now ? "牌子和本页一致。" : "牌子该换了：";
      last = "以本页为准，请告诉供水站或打监督电话换牌子。";
    } else if (here) {
      first = "这个编码不是现在的牌子用的，可能是旧牌子或打印件。";
      last = "以本页为准，请对一对姓名和电话。";
    } else {
      first = now.indexOf(code) === 0 || code.indexOf(now) === 0 ? "打印件和本页一致。" : "打印以后，这一页改过。";
      last = "以本页为准。";
    }
    var same = first.indexOf("一致") > 0, note = document.createElement("div");
    note.setAttribute("role", "status");
    note.className = same ? "qy-board" : "qy-board old";
    function add(name, text, parent) {
      var made = document.createElement(name);
      made.textContent = text;
      return (parent || note).appendChild(made);
    }
    add("p", first);
    if (lines.length) {
      var list = add("ul", "");
      lines.forEach(function (line) { add("li", line, list); });
    }
    if (!same) add("p", last);
    title.parentNode.insertBefore(note, title);
  }
  /* A code is three marks: duties, scope, numbers. The page keeps how they stood before. */
  function differing(here, code, now) {
    var size = now.length / 3, lines = [];
    [["duties", "责任人变了，请和下面对一对。"], ["scope", "供水的村或供水工程变了。"], ["numbers", "要打的电话变了，请和下面对一对。"]]
      .forEach(function (part, n) {
        var mark = code.substr(n * size, size);
        if (mark === now.substr(n * size, size)) return;
        var known = here.querySelector("[data-" + part[0] + '="' + mark + '"]');
        var said = known ? known.querySelectorAll('[data-of="' + part[0] + '"]') : [];
        Array.prototype.forEach.call(said, function (one) { lines.push(one.textContent + "。"); });
        if (!said.length) lines.push(part[1]);
      });
    return lines;
  }
  /* From a server: what a phone needs to keep the site (manifest), and a copy for when there is no
     network (sw.js). From disk neither is there to be had. */
  function carry() {
    var own = document.currentScript, home = own && own.src.replace(/assets\/qy\.js.*$/, "");
    if (!home || !/^https?:/.test(home)) return;
    var link = document.createElement("link");
    link.rel = "manifest";
    link.href = home + "site.webmanifest";
    document.head.appendChild(link);
    if ("serviceWorker" in navigator) window.addEventListener("load", function () {
      navigator.serviceWorker.register(home + "sw.js").then(null, function () { /* then without */ });
    });
  }
  carry();
  board();
  /* Long tables wait for their script with their first rows; if it never comes they are whole. */
  window.addEventListener("load", function () {
    if (document.querySelector("table[data-qy-table]:not([data-qy-ready])")) root.removeAttribute("data-qy-js");
  });
  /* On a phone a list shows its first few (qy.css, from the first paint on); a tap brings the others,
     and so does a link that leads to one of them. Tables that filter do it themselves (tables.js). */
  function shorten(list) {
    var first = parseInt(list.getAttribute("data-qy-few"), 10) || (list.tagName === "TBODY" ? 5 : 10);
    var items = list.tagName === "SECTION" ? list.querySelectorAll("article") : list.children;
    var left = items.length - first, place = list.tagName === "TBODY" ? list.parentNode : list;
    if (left < 2) { list.setAttribute("data-qy-whole", ""); return; }
    var foot = document.createElement("p"), button = document.createElement("button");
    foot.className = "qy-again few";
    button.type = "button";
    button.textContent = "再看其余 " + left + " 项";
    button.addEventListener("click", function () {
      var link = items[first].querySelector("a");
      unfold(list);
      if (link) link.focus();
    });
    foot.appendChild(button);
    if (place.tagName === "SECTION") place = items[items.length - 1];
    place.parentNode.insertBefore(foot, place.nextSibling);
    list.qyFoot = foot;
  }
  function unfold(list) {
    list.setAttribute("data-qy-whole", "");
    if (list.qyFoot) list.qyFoot.hidden = true;
  }
  /* A section of a long page that few come for: its heading says what was found, a tap opens it. */
  function fold(section) {
    var head = section.querySelector("header"), foot = document.createElement("p"), button = document.createElement("button");
    foot.className = "qy-again few";
    button.type = "button";
    button.textContent = "展开";
    button.setAttribute("aria-label", "展开：" + head.querySelector("h2").textContent);
    button.addEventListener("click", function () {
      unfold(section);
      head.setAttribute("tabindex", "-1");
      head.focus();
    });
    foot.appendChild(button);
    head.appendChild(foot);
    section.qyFoot = foot;
  }
  function reveal() {
    var id = location.hash.slice(1).split("?")[0], node, found;
    try { node = document.getElementById(decodeURIComponent(id)); } catch (e) { return; }
    for (var here = node; here; here = here.parentNode) {
      if (!here.qyFoot || here.hasAttribute("data-qy-whole")) continue;
      unfold(here);
      found = true;
    }
    if (found) node.scrollIntoView();
  }
  Array.prototype.forEach.call(document.querySelectorAll(
    "table:not([data-qy-table]) > tbody[data-qy-few], .cards:not([data-qy-table]) > tbody, .qy-list, .qy-counts, [data-qy-few]:not(tbody)"), shorten);
  Array.prototype.forEach.call(document.querySelectorAll("[data-qy-fold]"), fold);
  reveal();
  window.addEventListener("hashchange", reveal);
  /* Paper cannot be unfolded: what is closed opens for the print and closes again. */
  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = Array.prototype.filter.call(document.querySelectorAll("details"), function (d) { return !d.open; });
    folded.forEach(function (d) { d.open = true; });
  });
  window.addEventListener("afterprint", function () {
    folded.forEach(function (d) { d.open = false; });
    folded = [];
  });
  /* What scrolls sideways can be scrolled by keys. */
  Array.prototype.forEach.call(document.querySelectorAll(".qy-prose table:not(.qy-table)"), function (table) {
    if (table.scrollWidth > table.clientWidth) table.setAttribute("tabindex", "0");
  });
  /* Tables shown as cards stay tables for readers of screens. */
  Array.prototype.forEach.call(document.querySelectorAll("table.cards"), function (table) {
    function told(kind, role) {
      Array.prototype.forEach.call(table.querySelectorAll(kind), function (n) { n.setAttribute("role", role); });
    }
    table.setAttribute("role", "table");
    told("thead, tbody", "rowgroup");
    told("tr", "row");
    told("thead th", "columnheader");
    told("tbody th", "rowheader");
    told("td", "cell");
  });
  var dark = root.getAttribute("data-qy-scheme") ||
    (window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches ? "slate" : "default");
  scheme(dark);
  care(root.hasAttribute("data-qy-care"));
  each("data-qy-care-toggle", function (b) {
    b.hidden = false;
    b.addEventListener("click", function () {
      var on = !root.hasAttribute("data-qy-care");
      care(on);
      keep("qy-care", on ? "1" : "0");
    });
  });
  each("data-qy-scheme-toggle", function (b) {
    b.hidden = false;
    b.addEventListener("click", function () {
      dark = dark === "slate" ? "default" : "slate";
      scheme(dark);
      keep("qy-scheme", dark);
    });
  });
})();
