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
  /* A board on a wall carries the code of its page (?v=): say whether the page has changed since. */
  function board() {
    var match = /[?&]v=([0-9a-f]{4,64})(?:&|$)/.exec(location.search);
    var told = document.querySelector('meta[name="page-digest"]'), title = document.querySelector("h1");
    if (!match || !told || !title) return;
    var now = told.getAttribute("content"), note = document.createElement("p");
    var same = now.indexOf(match[1]) === 0 || match[1].indexOf(now) === 0;
    note.setAttribute("role", "status");
    note.className = same ? "qy-board" : "qy-board old";
    note.textContent = same ? "牌子和本页一致（" + now + "）。"
      : "牌子旧了：牌子上是 " + match[1].slice(0, 7) + "，本页现在是 " + now + "。以本页为准，请告诉供水站或打监督电话换牌子。";
    title.parentNode.insertBefore(note, title);
  }
  board();
  /* Long tables wait for their script with their first rows; if it never comes they are whole. */
  window.addEventListener("load", function () {
    if (document.querySelector("table[data-qy-table]:not([data-qy-ready])")) root.removeAttribute("data-qy-js");
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
