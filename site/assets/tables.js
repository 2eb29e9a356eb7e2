/* Tables: sort, filter, share, take away. Without this script they are whole and readable.
   A table with data-qy-table; a column head with data-k (text, num, date) sorts, with data-f filters.
   A cell may carry its value in data-v, several values parted by a bar. */
(function () {
  "use strict";
  var collator = window.Intl && Intl.Collator ? new Intl.Collator("zh-CN", { numeric: true }) : null;
  function compare(a, b) { return collator ? collator.compare(a, b) : a < b ? -1 : a > b ? 1 : 0; }
  function make(tag, attributes, text) {
    var node = document.createElement(tag);
    for (var name in attributes) node.setAttribute(name, attributes[name]);
    if (text) node.textContent = text;
    return node;
  }
  function list(nodes) { return Array.prototype.slice.call(nodes); }
  function said(cell) { return cell.textContent.replace(/\s+/g, " ").trim(); }
  function value(cell) { return cell.hasAttribute("data-v") ? cell.getAttribute("data-v") : said(cell); }

  list(document.querySelectorAll("table[data-qy-table]")).forEach(function (table) {
    var name = table.getAttribute("data-qy-table");
    var heads = list(table.tHead.rows[0].cells), body = table.tBodies[0];
    var rows = list(body.rows).map(function (row, order) {
      return { row: row, order: order, text: said(row).toLowerCase(), values: list(row.cells).map(value) };
    });
    var state = { q: "", sort: "", pick: {} }, controls = {};

    var bar = make("details", { "class": "qy-filter" });
    if (!window.matchMedia || matchMedia("(min-width: 45em)").matches) bar.open = true;
    var summary = make("summary", {}, "筛选和排序");
    var fields = make("div", { "class": "row" });
    var status = make("p", { role: "status" });
    bar.appendChild(summary);
    bar.appendChild(fields);

    function field(label, control) {
      var id = "qy-" + name + "-" + fields.children.length, box = make("div", {});
      control.id = id;
      box.appendChild(make("label", { "for": id }, label));
      box.appendChild(control);
      fields.appendChild(box);
      return control;
    }
    function choice(control, values) {
      values.forEach(function (pair) { control.appendChild(make("option", { value: pair[0] }, pair[1])); });
      return control;
    }
    var text = field("包含文字", make("input", { type: "search", autocomplete: "off" }));
    text.addEventListener("input", function () { state.q = text.value; show(true); });
    heads.forEach(function (head, column) {
      if (!head.hasAttribute("data-f")) return;
      var seen = {};
      rows.forEach(function (r) {
        r.values[column].split("|").forEach(function (v) { if (v) seen[v] = (seen[v] || 0) + 1; });
      });
      var known = Object.keys(seen);
      if (head.getAttribute("data-f") !== "order") known.sort(compare);
      var pairs = [["", "全部"]].concat(known.map(function (v) { return [v, v + "（" + seen[v] + "）"]; }));
      var control = controls[said(head)] = field(said(head), choice(make("select", {}), pairs));
      control.addEventListener("change", function () { state.pick[column] = control.value; show(true); });
    });
    var orders = [["", "原来的次序"]];
    heads.forEach(function (head, column) {
      if (!head.hasAttribute("data-k")) return;
      var title = said(head);
      orders.push([column + "+", title + " 从小到大"], [column + "-", title + " 从大到小"]);
      var button = make("button", { type: "button" }, title);
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        state.sort = state.sort === column + "+" ? column + "-" : column + "+";
        sorter.value = state.sort;
        show(true);
      });
    });
    var sorter = field("排序", choice(make("select", {}), orders));
    sorter.addEventListener("change", function () { state.sort = sorter.value; show(true); });
    var tools = make("div", { "class": "tools" });
    var reset = make("button", { type: "button" }, "清除条件");
    var save = make("button", { type: "button" }, "下载这些（CSV）");
    tools.appendChild(status);
    tools.appendChild(reset);
    tools.appendChild(save);
    bar.appendChild(tools);
    table.parentNode.insertBefore(bar, table);

    function fits(r) {
      var words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
      return words.every(function (w) { return r.text.indexOf(w) >= 0; }) &&
        Object.keys(state.pick).every(function (column) {
          var wanted = state.pick[column];
          return !wanted || r.values[column].split("|").indexOf(wanted) >= 0;
        });
    }
    function ordered(found) {
      if (!state.sort) return found.sort(function (a, b) { return a.order - b.order; });
      var column = parseInt(state.sort, 10), down = state.sort.slice(-1) === "-" ? -1 : 1;
      var numeric = heads[column].getAttribute("data-k") === "num";
      return found.sort(function (a, b) {
        var x = a.values[column], y = b.values[column];
        if (numeric) {
          x = parseFloat(x.replace(/[,，]/g, "").replace("−", "-"));
          y = parseFloat(y.replace(/[,，]/g, "").replace("−", "-"));
          if (isNaN(x) || isNaN(y)) return isNaN(x) === isNaN(y) ? a.order - b.order : isNaN(x) ? 1 : -1;
          return down * (x - y) || a.order - b.order;
        }
        if (!x || !y) return !x === !y ? a.order - b.order : !x ? 1 : -1;
        return down * compare(x, y) || a.order - b.order;
      });
    }
    var shown = rows;
    function show(share) {
      shown = ordered(rows.filter(fits));
      var kept = document.createDocumentFragment();
      rows.forEach(function (r) { r.row.hidden = true; });
      shown.forEach(function (r) { r.row.hidden = false; kept.appendChild(r.row); });
      body.appendChild(kept);
      heads.forEach(function (head, column) {
        if (!head.hasAttribute("data-k")) return;
        var own = state.sort && parseInt(state.sort, 10) === column;
        head.setAttribute("aria-sort", own ? (state.sort.slice(-1) === "-" ? "descending" : "ascending") : "none");
      });
      var picked = Object.keys(state.pick).filter(function (c) { return state.pick[c]; }).length + (state.q ? 1 : 0);
      summary.textContent = picked ? "筛选和排序（已选 " + picked + " 项）" : "筛选和排序";
      status.textContent = shown.length ? "符合的有 " + shown.length + " 条，共 " + rows.length + " 条"
        : "没有符合的；去掉一个条件再看。没有登记，不等于没有问题。";
      reset.hidden = !picked && !state.sort;
      if (share) keep();
    }
    function keep() {
      var parts = [];
      if (state.q) parts.push("q=" + encodeURIComponent(state.q));
      heads.forEach(function (head, column) {
        if (state.pick[column]) parts.push(encodeURIComponent(said(head)) + "=" + encodeURIComponent(state.pick[column]));
      });
      if (state.sort) parts.push("sort=" + encodeURIComponent(said(heads[parseInt(state.sort, 10)]) + state.sort.slice(-1)));
      var hash = "#" + name + "?" + parts.join("&");
      try { history.replaceState(null, "", parts.length ? hash : "#" + name); } catch (e) { /* not shared */ }
    }
    function recall() {
      var hash = location.hash.slice(1).split("?");
      if (hash[0] !== name || !hash[1]) return;
      hash[1].split("&").forEach(function (part) {
        var pair = part.split("=").map(decodeURIComponent);
        if (pair[0] === "q") { text.value = state.q = pair[1]; return; }
        heads.forEach(function (head, column) {
          if (pair[0] === "sort" && said(head) === pair[1].slice(0, -1)) sorter.value = state.sort = column + pair[1].slice(-1);
          if (said(head) === pair[0] && controls[pair[0]]) controls[pair[0]].value = state.pick[column] = pair[1];
        });
      });
      bar.open = true;
      bar.scrollIntoView();
    }
    window.addEventListener("hashchange", function () {
      if (location.hash.indexOf("#" + name + "?")) return;
      forget();
      recall();
      show(false);
    });
    function forget() {
      state = { q: "", sort: "", pick: {} };
      text.value = sorter.value = "";
      for (var key in controls) controls[key].value = "";
    }
    reset.addEventListener("click", function () {
      forget();
      show(true);
      text.focus();
    });
    save.addEventListener("click", function () {
      function cell(words) {
        if (/^[=+\-@\t\r]/.test(words)) words = "'" + words;
        return /[",\n]/.test(words) ? '"' + words.replace(/"/g, '""') + '"' : words;
      }
      var lines = [heads.map(said)].concat(shown.map(function (r) { return list(r.row.cells).map(said); }));
      var csv = "\ufeff" + lines.map(function (line) { return line.map(cell).join(","); }).join("\r\n") + "\r\n";
      var link = make("a", { download: name + ".csv", href: URL.createObjectURL(new Blob([csv], { type: "text/csv" })) });
      document.body.appendChild(link);
      link.click();
      document.body.removeChild(link);
    });
    recall();
    show(false);
  });
})();
