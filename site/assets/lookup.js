/* The box of the look-up, as the ARIA pattern of a combobox says. What is found comes from
   lookup-search.js and its index, loaded once when somebody turns to the box; works from disk. */
(function () {
  "use strict";
  var form = document.querySelector("[data-qy-find]");
  if (!form) return;
  /* The page for missing addresses names the path of the site; opened from disk it lies beside it. */
  var root = location.protocol === "file:" && /^\//.test(form.getAttribute("data-root")) ? ""
    : form.getAttribute("data-root") || "";
  var input = form.querySelector("input"), box = form.querySelector(".qy-hits");
  var opener = document.querySelector("[data-qy-seek]");
  var STEP = 12, engine = null, state = "none", people = "none", active = -1, hits = [], shown = 0, isSent = false;

  var status = make("p"), list = make("div"), more = make("button");
  status.className = "qy-hits__status";
  status.setAttribute("role", "status");
  list.id = "qy-hits";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "找到的");
  more.type = "button";
  more.className = "qy-hits__more";
  box.textContent = "";
  box.appendChild(status);
  box.appendChild(list);
  box.appendChild(more);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", "qy-hits");
  input.setAttribute("aria-autocomplete", "list");
  close();

  function make(tag, text) {
    var node = document.createElement(tag);
    if (text) node.textContent = text;
    return node;
  }
  function script(name, done, failed) {
    var node = document.createElement("script");
    node.src = root + "assets/" + name + ".js";
    node.onload = done;
    node.onerror = failed;
    document.head.appendChild(node);
  }
  /* One load; whatever stands in the box when it is there is what gets answered. */
  function load() {
    if (state === "loading" || state === "ready") return;
    state = "loading";
    var left = 2;
    function failed() { state = "none"; say("查找的索引没有打开，请从县区一级级点。", []); }
    function done() {
      if (--left) return;
      engine = window.qySearch(window.qyIndex);
      state = "ready";
      (function ahead() { if (engine.warm()) setTimeout(ahead, 0); })();
      if (document.activeElement === input || isSent) show();
    }
    script("lookup-search", done, failed);
    script("lookup-index", done, failed);
  }
  function loadPeople() {
    if (people !== "none") return;
    people = "loading";
    function answer(how) {
      people = how;
      if (document.activeElement === input || isSent) show();
    }
    script("lookup-people", function () {
      engine.meet(window.qyPeople);
      answer("ready");
    }, function () { answer("missing"); });
  }
  function address(row) {
    return root + (row.kind === "栏目" ? row.key : row.kind === "说明" ? row.folder + "#" + row.key : row.folder + "/" + row.key + ".html");
  }
  function named(row, word) {
    var b = make("b"), at = word ? row.name.indexOf(word) : -1;
    if (at < 0) { b.textContent = row.name; return b; }
    b.appendChild(document.createTextNode(row.name.slice(0, at)));
    b.appendChild(make("mark", word));
    b.appendChild(document.createTextNode(row.name.slice(at + word.length)));
    return b;
  }
  function extend() {
    var word = input.value.trim().split(/\s+/).pop();
    hits.slice(shown, shown + STEP).forEach(function (row, n) {
      var a = make("a");
      a.href = address(row);
      a.id = "qy-hit-" + (shown + n);
      a.tabIndex = -1;
      a.setAttribute("role", "option");
      a.setAttribute("aria-selected", "false");
      a.appendChild(named(row, word));
      a.appendChild(make("em", row.kind));
      a.appendChild(make("span", row.where));
      list.appendChild(a);
    });
    shown = Math.min(shown + STEP, hits.length);
    more.hidden = shown >= hits.length;
    more.textContent = "再列 " + Math.min(STEP, hits.length - shown) + " 个";
  }
  function say(text, found) {
    box.hidden = false;
    status.textContent = text;
    list.textContent = "";
    hits = found;
    active = -1;
    shown = 0;
    list.hidden = !found.length;
    extend();
    input.setAttribute("aria-expanded", String(found.length > 0));
    input.removeAttribute("aria-activedescendant");
  }
  function close() {
    box.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function show() {
    var text = input.value.trim();
    if (!text) return close();
    load();
    if (state !== "ready") return;
    var found = engine.find(text);
    if (found.asksPeople) loadPeople();
    if (people === "loading" && !found.hits.length) say("正在查“" + text + "”……", []);
    else if (!found.hits.length) say("没找到“" + text + "”。也可以从县区一级级点。", []);
    else if (found.weak) say("没找到“" + text + "”。是不是：", found.hits.slice(0, STEP));
    else {
      var many = found.hits.length > STEP ? "，先列 " + STEP + " 个，写上县和乡镇会更准" : "，请看清县和乡镇";
      say("找到 " + found.hits.length + " 个“" + text + "”" + (found.hits.length > 1 ? many : ""), found.hits);
    }
    if (people === "loading") return;
    if (isSent && hits.length === 1) location.href = address(hits[0]);
    isSent = false;
  }
  function move(step) {
    var options = list.querySelectorAll("[role=option]");
    if (!options.length) return;
    if (active >= 0) options[active].setAttribute("aria-selected", "false");
    active = active < 0 && step < 0 ? options.length - 1 : (active + step + options.length) % options.length;
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  }
  input.addEventListener("input", function () {
    isSent = false;
    if (people === "missing") people = "none";
    show();
  });
  input.addEventListener("focus", load);
  input.addEventListener("click", function () { if (box.hidden) show(); });
  input.addEventListener("keydown", function (e) {
    if (e.isComposing || e.keyCode === 229) return;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (e.altKey && e.key === "ArrowUp") return close();
      if (box.hidden) show();
      if (!e.altKey) move(e.key === "ArrowDown" ? 1 : -1);
    } else if (e.key === "Escape") {
      e.preventDefault();
      if (!box.hidden) close();
      else if (input.value) input.value = "";
      else if (opener && form.className.indexOf("open") >= 0) { fold(false); opener.focus(); }
    }
  });
  form.addEventListener("focusout", function (e) {
    if (e.relatedTarget && !form.contains(e.relatedTarget)) close();
  });
  document.addEventListener("mousedown", function (e) { if (!form.contains(e.target)) close(); });
  document.addEventListener("touchstart", function (e) { if (!form.contains(e.target)) close(); });
  more.addEventListener("click", function () { extend(); input.focus(); });
  form.addEventListener("submit", function (e) {
    e.preventDefault();
    var chosen = active >= 0 && list.querySelectorAll("[role=option]")[active];
    if (chosen) { location.href = chosen.href; return; }
    isSent = true;
    show();
  });
  /* On narrow screens the box of the header unfolds below it. */
  function fold(isOpen) {
    if (isOpen) form.classList.add("open"); else form.classList.remove("open");
    opener.setAttribute("aria-expanded", String(isOpen));
  }
  if (opener) {
    opener.setAttribute("role", "button");
    opener.setAttribute("aria-expanded", "false");
    opener.addEventListener("click", function (e) {
      e.preventDefault();
      fold(form.className.indexOf("open") < 0);
      if (form.className.indexOf("open") >= 0) input.focus();
    });
  }
})();
