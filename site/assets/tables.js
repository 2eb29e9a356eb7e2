/* Tables: first twenty rows and more on demand, sorted, filtered, shared, taken away. Without this
   script they are whole and readable. A phone begins with five rows, or as many as data-qy-few of the
   table's body says.
   A table with data-qy-table; a column head with data-k (text, num, date) sorts, with data-f filters,
   with data-parts names the facts that its cells hold side by side (data-c in the cell).
   A cell may carry its value in data-v, several values parted by a bar.
   A long table holds its first rows only: data-rest is the script with the others, data-whole how
   many rows there are in all. */
(function () {
  "use strict";
  var STEP = 20, FEW = 5, MOST = 600, isWide = !window.matchMedia || matchMedia("(min-width: 45em)").matches;
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
  /* What somebody typed into an address may not be an escape at all: 100% stays 100%. */
  function plain(part) { try { return decodeURIComponent(part); } catch (e) { return part; } }
  function cut(text, at) {
    var n = text.indexOf(at);
    return n < 0 ? [text, ""] : [text.slice(0, n), text.slice(n + 1)];
  }
  function number(text) { return parseFloat(text.replace(/[,，]/g, "").replace("−", "-")); }

  list(document.querySelectorAll("table[data-qy-table]")).forEach(function (table) {
    var name = table.getAttribute("data-qy-table"), rest = table.getAttribute("data-rest");
    var whole = parseInt(table.getAttribute("data-whole"), 10) || 0;
    var heads = list(table.tHead.rows[0].cells), body = table.tBodies[0], rows = [], waiting = [];
    var few = isWide ? STEP : parseInt(body.getAttribute("data-qy-few"), 10) || FEW;
    var state = { q: "", sort: "", pick: {}, n: few }, selects = {}, controls = {};
    function take(found) {
      found.forEach(function (row) {
        rows.push({ row: row, order: rows.length, text: said(row).toLowerCase(), values: list(row.cells).map(value) });
      });
    }
    take(list(body.rows));

    var bar = make("details", { "class": "qy-filter" });
    bar.open = isWide;
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
      control.textContent = "";
      values.forEach(function (pair) { control.appendChild(make("option", { value: pair[0] }, pair[1])); });
      return control;
    }
    function again() { show(true); }
    var text = field("包含文字", make("input", { type: "search", autocomplete: "off" }));
    text.addEventListener("input", function () { state.q = text.value; again(); });
    heads.forEach(function (head, column) {
      if (!head.hasAttribute("data-f")) return;
      var control = selects[column] = controls[said(head)] = field(said(head), make("select", {}));
      control.addEventListener("change", function () { state.pick[column] = control.value; again(); });
    });
    function fill() {
      for (var key in selects) {
        var column = parseInt(key, 10), seen = {}, kept = state.pick[column] || "";
        rows.forEach(function (r) {
          r.values[column].split("|").forEach(function (v) { if (v) seen[v] = (seen[v] || 0) + 1; });
        });
        var known = Object.keys(seen);
        if (heads[column].getAttribute("data-f") !== "order") known.sort(compare);
        choice(selects[column], [["", "全部"]].concat(known.map(function (v) { return [v, v + "（" + seen[v] + "）"]; })));
        selects[column].value = kept;
      }
    }
    var orders = [["", "默认排序"]];
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
        again();
      });
    });
    var sorter = field("排序", choice(make("select", {}), orders));
    sorter.addEventListener("change", function () { state.sort = sorter.value; again(); });
    var tools = make("div", { "class": "tools" });
    var reset = make("button", { type: "button" }, "清除条件");
    var save = make("button", { type: "button" }, "下载筛选结果");
    tools.appendChild(status);
    tools.appendChild(reset);
    tools.appendChild(save);
    bar.appendChild(tools);
    table.parentNode.insertBefore(bar, table);
    var foot = make("p", { "class": "qy-again" }), more = make("button", { type: "button" });
    foot.appendChild(more);
    var lacking = foot.appendChild(make("span", { "class": "qy-only-paper" }));
    table.parentNode.insertBefore(foot, table.nextSibling);

    /* The other rows come when they are first needed; whoever asks meanwhile waits. */
    function load(then) {
      waiting.push(then);
      if (waiting.length > 1) return;
      var script = make("script", { src: rest });
      function done() {
        var asked = waiting;
        waiting = [];
        asked.forEach(function (one) { one(); });
      }
      script.onload = function () {
        var holder = make("table", {});
        holder.innerHTML = "<tbody>" + window.qyRest.join("") + "</tbody>";
        rest = "";
        var found = list(holder.tBodies[0].rows);
        found.forEach(function (row) {
          row.hidden = true;
          if (table.hasAttribute("role")) {
            row.setAttribute("role", "row");
            list(row.cells).forEach(function (cell) { cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell"); });
          }
          body.appendChild(row);
        });
        take(found);
        fill();
        done();
      };
      script.onerror = function () {
        waiting = [];
        status.textContent = "其余的没有打开；请按单位看，或刷新再试。";
        document.head.removeChild(script);
      };
      document.head.appendChild(script);
    }
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
          x = number(x);
          y = number(y);
          if (isNaN(x) || isNaN(y)) return isNaN(x) === isNaN(y) ? a.order - b.order : isNaN(x) ? 1 : -1;
          return down * (x - y) || a.order - b.order;
        }
        if (!x || !y) return !x === !y ? a.order - b.order : !x ? 1 : -1;
        return down * compare(x, y) || a.order - b.order;
      });
    }
    var shown = rows;
    function picked() {
      return Object.keys(state.pick).filter(function (c) { return state.pick[c]; }).length + (state.q ? 1 : 0);
    }
    function show(share) {
      if (rest && (picked() || state.sort || state.n > rows.length)) {
        status.textContent = "正在打开其余的……";
        load(function () { show(share); });
        return;
      }
      shown = ordered(rows.filter(fits));
      var all = rest ? whole : shown.length, end = all <= state.n + Math.max(1, few / 4) ? shown.length : state.n;
      var kept = document.createDocumentFragment();
      rows.forEach(function (r) { r.row.hidden = true; });
      shown.forEach(function (r, n) { r.row.hidden = n >= end; kept.appendChild(r.row); });
      body.appendChild(kept);
      table.setAttribute("data-qy-ready", "");
      body.setAttribute("data-qy-whole", "");
      heads.forEach(function (head, column) {
        if (!head.hasAttribute("data-k")) return;
        var own = state.sort && parseInt(state.sort, 10) === column;
        head.setAttribute("aria-sort", own ? (state.sort.slice(-1) === "-" ? "descending" : "ascending") : "none");
      });
      var count = picked(), left = all - Math.min(end, all);
      summary.textContent = count ? "筛选和排序（已选 " + count + " 项）" : "筛选和排序";
      status.textContent = all ? "符合的有 " + all + " 条，共 " + Math.max(rows.length, whole) + " 条" + (left ? "，先列 " + end + " 条" : "")
        : "没有符合的；去掉一个条件再看。没有登记，不等于没有问题。";
      foot.hidden = !left;
      more.textContent = "再看 " + Math.min(STEP, left) + " 条（还有 " + left + " 条）";
      reset.hidden = !count && !state.sort;
      if (share) keep();
    }
    more.addEventListener("click", function () {
      var at = state.n;
      state.n += STEP;
      function on() {
        var link = shown[at] && shown[at].row.querySelector("a");
        if (link) link.focus();
      }
      if (rest) { load(function () { show(true); on(); }); return; }
      show(true);
      on();
    });
    function keep() {
      var parts = [];
      if (state.q) parts.push("q=" + encodeURIComponent(state.q));
      heads.forEach(function (head, column) {
        if (state.pick[column]) parts.push(encodeURIComponent(said(head)) + "=" + encodeURIComponent(state.pick[column]));
      });
      if (state.sort) parts.push("sort=" + encodeURIComponent(said(heads[parseInt(state.sort, 10)]) + state.sort.slice(-1)));
      if (state.n > few) parts.push("n=" + state.n);
      var hash = "#" + name + "?" + parts.join("&");
      try { history.replaceState(null, "", parts.length ? hash : "#" + name); } catch (e) { /* not shared */ }
    }
    function recall() {
      var hash = cut(location.hash.slice(1), "?");
      if (hash[0] !== name) { reveal(); return; }
      if (!hash[1]) return;
      hash[1].split("&").forEach(function (part) {
        var pair = cut(part, "=").map(plain);
        if (pair[0] === "q") { text.value = state.q = pair[1]; return; }
        if (pair[0] === "n") { state.n = Math.max(few, parseInt(pair[1], 10) || few); return; }
        heads.forEach(function (head, column) {
          if (pair[0] === "sort" && said(head) === pair[1].slice(0, -1)) sorter.value = state.sort = column + pair[1].slice(-1);
          if (said(head) === pair[0] && controls[pair[0]]) state.pick[column] = pair[1];
        });
      });
      fill();
      bar.open = true;
      bar.scrollIntoView();
    }
    /* A link to one row opens as many as are needed to see it. */
    function reveal() {
      var id = plain(location.hash.slice(1)), row = id && document.getElementById(id);
      if (!row || !body.contains(row)) return;
      rows.forEach(function (r) { if (r.row.contains(row)) state.n = Math.max(state.n, Math.ceil((r.order + 1) / STEP) * STEP); });
      setTimeout(function () { row.scrollIntoView(); }, 0);
    }
    window.addEventListener("hashchange", function () {
      if (location.hash.indexOf("#" + name + "?")) { reveal(); show(false); return; }
      forget();
      recall();
      show(false);
    });
    function forget() {
      state = { q: "", sort: "", pick: {}, n: few };
      text.value = sorter.value = "";
      for (var key in controls) controls[key].value = "";
    }
    reset.addEventListener("click", function () {
      var n = state.n;
      forget();
      state.n = n;
      show(true);
      text.focus();
    });
    /* On paper everything that fits is there, if it is not a book; what is not there is counted. */
    window.addEventListener("beforeprint", function () {
      var all = rest ? whole : shown.length, printed = shown;
      if (all <= MOST) shown.forEach(function (r) { r.row.hidden = false; });
      else printed = shown.filter(function (r) { return !r.row.hidden; });
      foot.hidden = printed.length === all;
      lacking.textContent = foot.hidden ? "" : "只印了前 " + printed.length + " 条，共 " + all + " 条。" +
        (all > MOST ? "要印别的，先筛选；" : "要印全部，先点“筛选和排序”；") + "也可以在数据页下载。";
    });
    window.addEventListener("afterprint", function () { show(false); });

    /* One column for each fact, the record's number first; nothing that a spreadsheet would run. */
    function columns() {
      var found = [];
      heads.forEach(function (head, column) {
        (head.getAttribute("data-parts") || said(head)).split("|").forEach(function (part) {
          found.push({ title: part, column: column, isPart: head.hasAttribute("data-parts") });
        });
      });
      return found;
    }
    function record(row) {
      var link = row.querySelector("th a, td a");
      var found = link && /(?:^|\/)[a-z]\/([^\/?#]+)\.html(?:#.*)?$/.exec(link.getAttribute("href"));
      return found ? found[1] : "";
    }
    function fact(row, one) {
      var node = one.isPart ? row.querySelector('[data-c="' + one.title + '"]') : row.cells[one.column];
      return node ? node.getAttribute("data-x") || said(node) : "";
    }
    function download() {
      function cell(words) {
        if (/^[=+\-@＝＋－＠\t\r]/.test(words)) words = "'" + words;
        return /[",\n]/.test(words) ? '"' + words.replace(/"/g, '""') + '"' : words;
      }
      var facts = columns(), hasId = shown.some(function (r) { return record(r.row); });
      var titles = facts.map(function (one) { return one.title; });
      var lines = [hasId ? ["编号"].concat(titles) : titles].concat(shown.map(function (r) {
        var told = facts.map(function (one) { return fact(r.row, one); });
        return hasId ? [record(r.row)].concat(told) : told;
      }));
      var csv = "\ufeff" + lines.map(function (line) { return line.map(cell).join(","); }).join("\r\n") + "\r\n";
      var link = make("a", { download: name + ".csv", href: URL.createObjectURL(new Blob([csv], { type: "text/csv" })) });
      document.body.appendChild(link);
      link.click();
      document.body.removeChild(link);
    }
    save.addEventListener("click", function () { if (rest) load(function () { show(false); download(); }); else download(); });
    bar.addEventListener("toggle", function () { if (bar.open && rest) load(function () { show(false); }); });
    fill();
    recall();
    show(false);
    if (rest && bar.open) window.addEventListener("load", function () { if (rest) load(function () { show(false); }); });
  });
})();
