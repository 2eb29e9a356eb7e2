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
