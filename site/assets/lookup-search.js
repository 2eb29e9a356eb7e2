/* What the look-up finds: reads an index and answers what people type. Knows nothing of the page. */
window.qySearch = function (index) {
  "use strict";
  var LEVELS = { "单位": 1, "乡镇": 2, "村": 3, "工程": 4 };
  var BEHIND = { "单位": 0, "栏目": 0, "乡镇": 0.02, "村": 0.04, "工程": 0.3, "督导组": 0.4, "条款": 0.4, "问题": 0.6, "说明": 0.7 };
  var WHERE = { "单位": "全部供水、责任和整改", "栏目": "本站栏目", "督导组": "督导分工", "条款": "考评细则", "说明": "方法与口径" };
  var NONE = 99, WEAK = 3.9, LISTED = 6, SPLIT = 0.2;
  var readings = {}, simple = {}, affixes = index[3], latin = [];
  var rows = [], units = [], towns = [], inUnit = [], inTown = [], placeless = [], topics = [];
  var best, asked, cuts, has, people = null;

  index[1].replace(/([a-z]+)([^a-z]+)/g, function (all, syllable, characters) {
    for (var n = 0; n < characters.length; n++) {
      var c = characters.charAt(n);
      if (readings[c]) readings[c].push(syllable); else readings[c] = [syllable];
    }
  });
  for (var v = 0; v < index[2].length; v += 2) simple[index[2].charAt(v)] = index[2].charAt(v + 1);

  /* One form for what is typed and what is found: the same as `normal` of the build. */
  function normal(text) {
    text = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    var told = "";
    for (var n = 0; n < text.length; n++) told += simple[text.charAt(n)] || text.charAt(n);
    return told.replace(/[^0-9a-z\u3400-\u4dbf\u4e00-\u9fff]+/g, " ").trim();
  }
  function joined(text) { return /^[\u4e00-\u9fff]+$/.test(text) && !traditional(text) ? text : normal(text).replace(/ /g, ""); }
  function traditional(text) {
    for (var n = 0; n < text.length; n++) if (simple[text.charAt(n)]) return true;
    return false;
  }
  function stripped(text, level) {
    for (var turn = 0; turn < 2; turn++) {
      for (var n = 0; n < affixes[level].length; n++) {
        var word = affixes[level][n];
        if (text.length > word.length && text.endsWith(word)) { text = text.slice(0, -word.length); break; }
      }
    }
    return text;
  }
  /* Pinyin of a name, once for each way to read it (at most four), and its first letters. */
  function spelled(text) {
    var ways = [""], first = "";
    for (var n = 0; n < text.length; n++) {
      var c = text.charAt(n), heard = readings[c] || [c], next = [];
      first += heard[0].charAt(0);
      heard.forEach(function (syllable) {
        ways.forEach(function (way) { if (next.length < 4) next.push(way + syllable); });
      });
      ways = next;
    }
    return { ways: ways, first: first };
  }
  function unique(list) { return list.filter(function (one, n) { return one && list.indexOf(one) === n; }); }

  (function unpack() {
    var last = "";
    index[4].forEach(function (group) {
      group[2].forEach(function (told) {
        var place = told[0];
        for (var n = 0; n < told[1].length; n += 2) {
          var text = told[1][n], key = told[1][n + 1], row, note;
          if (text.charAt(0) === "~") text = (text.charAt(1) === "~" ? "" : towns[place[1]].name) + text.slice(1);
          if (key.charAt(0) === "=") key = last.slice(0, last.length - key.length + 1) + key.slice(1);
          last = key;
          note = text.split("\t");
          row = { kind: group[0], folder: group[1], key: key, place: place, note: note[1] || "", order: rows.length };
          row.also = note[0].split("\n");
          row.name = row.also[0];
          row.level = LEVELS[row.kind] || 0;
          row.behind = BEHIND[row.kind] || 0;
          index_(row);
        }
      });
    });
  })();
  function index_(row) {
    var town = row.level === 4 && towns[row.place[1]];
    row.full = unique(row.also.map(joined));
    row.core = row.full.map(function (name) {
      if (town) town.full.concat(town.core).some(function (t) {
        if (name.length > t.length && name.indexOf(t) === 0) { name = name.slice(t.length); return true; }
        return false;
      });
      return row.level ? stripped(name, row.level) : name;
    });
    row.core = unique(row.core);
    rows.push(row);
    if (row.kind === "单位") { row.unit = units.length; units.push(row); inUnit.push([row]); return; }
    if (row.kind === "乡镇") { row.town = towns.length; towns.push(row); inTown.push([row]); }
    if (row.kind === "栏目") topics.push(row);
    if (!row.place.length) { placeless.push(row); return; }
    inUnit[row.place[0]].push(row);
    row.place.slice(1).forEach(function (t) { inTown[t].push(row); });
  }
  function where(row) {
    if (!row.place.length) return WHERE[row.kind] || "";
    var unit = units[row.place[0]], short = unit.also[1] || unit.name;
    if (row.note) return short + row.note;
    return short + row.place.slice(1).map(function (t) { return towns[t].name; }).join("、");
  }
  function spell(row) {
    if (row.ways) return;
    row.ways = [];
    row.first = [];
    row.core.forEach(function (core) {
      var told = spelled(core);
      row.ways = row.ways.concat(told.ways);
      row.first.push(told.first);
    });
    if (row.level) row.full.slice(0, 1).forEach(function (name) { row.first.push(spelled(name).first); });
  }
  affixes.forEach(function (words, level) {
    words.forEach(function (word) { latin.push({ level: level, text: spelled(word).ways[0] }); });
  });

  /* What is typed without what may be said behind a name; `level` says what that was. */
  function stems(text) {
    var found = [{ text: text, level: 0 }], isLatin = /^[a-z]/.test(text);
    function strip(from, word, level) {
      if (from.text.length > word.length && from.text.endsWith(word)) {
        found.push({ text: from.text.slice(0, -word.length), level: from.level || level });
      }
    }
    for (var n = 0; n < found.length && n < 6; n++) {
      if (isLatin) latin.forEach(function (a) { if (a.level) strip(found[n], a.text, a.level); });
      else {
        for (var level = 1; level < 5; level++) affixes[level].forEach(function (w) { strip(found[n], w, level); });
        if (!n) topics.forEach(function (t) { t.full.forEach(function (w) { strip(found[0], w, 5); }); });
      }
    }
    return found;
  }
  function add(row, score) {
    score += row.behind;
    if (score < best[row.order]) best[row.order] = score;
  }
  function other(stem, row) { return stem.level && stem.level !== row.level ? (stem.level === 5 ? 0.5 : 1) : 0; }
  function inHan(row, text, all) {
    var score = NONE, n, m;
    for (n = 0; n < row.full.length; n++) {
      var at = row.full[n].indexOf(text);
      if (at === 0) score = Math.min(score, row.full[n].length === text.length ? 0 : 2);
      else if (at > 0) score = Math.min(score, 3);
    }
    for (m = 0; score && m < all.length; m++) {
      for (n = 0; n < row.core.length; n++) {
        if (row.core[n] === all[m].text) score = Math.min(score, 0.3 + other(all[m], row));
        else if (m && row.core[n].indexOf(all[m].text) === 0) score = Math.min(score, 2.2 + other(all[m], row));
      }
    }
    return score;
  }
  function inLatin(row, text, all) {
    var score = NONE, n, m;
    spell(row);
    for (n = 0; n < row.ways.length; n++) {
      for (m = 0; m < all.length; m++) {
        if (row.ways[n] === all[m].text) score = Math.min(score, 0.4 + other(all[m], row));
      }
      if (row.ways[n].indexOf(text) === 0) score = Math.min(score, 2.5);
    }
    for (n = 0; score > 1.5 && n < row.first.length; n++) {
      if (row.first[n] === text) score = Math.min(score, 1.5);
      else if (text.length > 1 && row.first[n].indexOf(text) === 0) score = Math.min(score, 3.5);
    }
    return score;
  }
  function alike(a, b) {
    if (a === b) return true;
    var one = readings[a], two = readings[b];
    if (!one || !two) return false;
    for (var n = 0; n < one.length; n++) if (two.indexOf(one[n]) >= 0) return true;
    return false;
  }
  function sounds(text, name) {
    if (text.length !== name.length) return false;
    for (var n = 0; n < text.length; n++) if (!alike(text.charAt(n), name.charAt(n))) return false;
    return true;
  }
  function inSound(row, text, all) {
    for (var n = 0; n < row.core.length; n++) {
      for (var m = 0; m < all.length; m++) if (sounds(all[m].text, row.core[n])) return 4 + other(all[m], row);
    }
    return NONE;
  }
  /* One character wrong, missing or too many. */
  function slipped(text, name) {
    var a = 0, b = 0, least = Math.min(text.length, name.length);
    if (Math.abs(text.length - name.length) > 1 || least < 2) return false;
    while (a < least && text.charAt(a) === name.charAt(a)) a++;
    while (b < least - a && text.charAt(text.length - 1 - b) === name.charAt(name.length - 1 - b)) b++;
    return a + b >= Math.max(text.length, name.length) - 1;
  }
  function inSlip(row, text, all) {
    if (!row.level) return NONE;
    for (var n = 0; n < row.core.length; n++) {
      for (var m = 0; m < all.length; m++) if (slipped(all[m].text, row.core[n])) return 8 + other(all[m], row);
    }
    return NONE;
  }
  function scope(at) { return at.town >= 0 ? inTown[at.town] : at.unit >= 0 ? inUnit[at.unit] : rows; }
  function home(at) { return at.town >= 0 ? towns[at.town] : at.unit >= 0 ? units[at.unit] : null; }

  /* Ways to read the query as places and a rest: each is tried in turn, nearest reading first. */
  function explore(at, way, found) {
    found.push(at);
    if (at.town >= 0) return;
    if (at.unit < 0) {
      affixes[0].forEach(function (word) {
        if (asked.startsWith(word, at.from)) explore({ unit: -1, town: -1, from: at.from + word.length, cost: at.cost }, way, found);
      });
      units.forEach(function (row) { eat(row, 1, at, way, found); });
    }
    (at.unit < 0 ? towns : inUnit[at.unit]).forEach(function (row) { if (row.level === 2) eat(row, 2, at, way, found); });
  }
  function eat(row, level, at, way, found) {
    var seen = {};
    function go(to, cost) {
      if (seen[to] || to > asked.length) return;
      seen[to] = 1;
      explore({ unit: level === 1 ? row.unit : row.place[0], town: level === 2 ? row.town : -1, from: to, cost: at.cost + cost }, way, found);
    }
    var names = row.full.concat(row.core), c = asked.charAt(at.from);
    if (/[a-z]/.test(c)) {
      spell(row);
      row.ways.forEach(function (text) {
        if (!asked.startsWith(text, at.from)) return;
        var to = at.from + text.length;
        go(to, 0);
        latin.forEach(function (a) { if (a.level === level && asked.startsWith(a.text, to)) go(to + a.text.length, 0); });
      });
      row.first.forEach(function (text) {
        var to = at.from + text.length;
        if (text.length > 1 && asked.startsWith(text, at.from) && (cuts[to] || to === asked.length || !has)) go(to, cuts[to] ? SPLIT : 1);
      });
      return;
    }
    names.forEach(function (text) {
      var to = at.from + text.length;
      if (asked.startsWith(text, at.from)) {
        go(to, 0);
        if (row.core.indexOf(text) >= 0) affixes[level].forEach(function (w) { if (asked.startsWith(w, to)) go(to + w.length, 0); });
      } else if (way === "sound" && text.length > 1 && sounds(asked.substr(at.from, text.length), text)) go(to, 3);
    });
  }
  function answer(at, way, among) {
    var text = asked.slice(at.from), place = home(at);
    if (!text) {
      if (!place) return;
      add(place, at.cost);
      scope(at).forEach(function (row) { if (row.level) add(row, at.cost + LISTED + (at.town < 0 && row.level > 2 ? 1 : 0)); });
      return;
    }
    if (place) add(place, at.cost + LISTED);
    var all = stems(text), isLatin = /^[a-z]/.test(text);
    if (isLatin) text = text.replace(/v/g, "u");
    if (isLatin) all[0].text = text;
    var judge = way === "sound" ? inSound : way === "slip" ? inSlip : isLatin ? inLatin : inHan;
    if (isLatin && judge !== inLatin) return;
    (among || scope(at)).forEach(function (row) {
      var score = judge(row, text, all);
      if (score < NONE) add(row, at.cost + score);
    });
    if (way) return;
    var number = /^(?:问题)?第?(?:20\d\d0*)?0*(\d{1,4})(?:号|件|条)?(?:问题|整改)?$/.exec(text);
    if (number && at.unit >= 0) scope(at).forEach(function (row) {
      if (row.kind === "问题" && row.full[0] === number[1] + "号") add(row, at.cost - 0.5);
    });
    if (place) topics.forEach(function (row) {
      if (row.full.indexOf(text) < 0) return;
      add(place, at.cost + 0.1);
      add(row, at.cost + 0.4);
    });
    else topics.forEach(function (row) {
      if (row.full.some(function (w) { return w.length > 1 && text.indexOf(w) >= 0; })) add(row, 5);
    });
  }
  /* Names and numbers of those who answer: only whole names, and numbers from five digits on. */
  function persons(ways, found) {
    if (!people) return;
    var digits = asked.replace(/[^0-9]/g, "");
    function tell(order, text, kind) {
      var row = rows[order];
      found.push([0.1 + row.behind, order, { kind: kind, name: text, where: where(row) + (row.level && row.level !== 1 ? row.name : ""), folder: row.folder, key: row.key }]);
    }
    if (digits.length >= 5 && digits.length === asked.length) {
      people.numbers.forEach(function (one) { if (one[0].indexOf(digits) >= 0) tell(one[2], one[1], "电话"); });
      return;
    }
    ways.forEach(function (at) {
      var text = asked.slice(at.from), within = home(at) ? scope(at) : null;
      if (text.length < 2 || text.length > 4) return;
      (people.names[text] || []).forEach(function (order) {
        if (!within || within.indexOf(rows[order]) >= 0) tell(order, text, "责任人");
      });
    });
  }
  function read(text) {
    var words = text.split(" ");
    asked = "";
    cuts = {};
    words.forEach(function (word) { asked += word; cuts[asked.length] = 1; });
    has = words.length > 1;
  }
  function least() {
    var score = NONE;
    for (var n = 0; n < best.length; n++) if (best[n] < score) score = best[n];
    return score;
  }
  function orders(text) {
    var words = text.split(" "), told = [text];
    if (words.length > 1 && words.length < 4) for (var n = 1; n < words.length; n++) told.push(words.slice(n).concat(words.slice(0, n)).join(" "));
    return told;
  }
  /* Everything that answers, best first; `weak` when nothing is quite what was typed. */
  function find(typed) {
    var text = normal(typed), found = [], told = orders(text), ways = [], score;
    best = new Float32Array(rows.length);
    for (var n = 0; n < best.length; n++) best[n] = NONE;
    if (!text) return { hits: [], weak: false, asksPeople: false };
    told.some(function (order, turn) {
      read(order);
      ways = [];
      explore({ unit: -1, town: -1, from: 0, cost: turn ? 0.1 : 0 }, "", ways);
      ways.forEach(function (at) { answer(at, ""); });
      if (asked.length > 5 && /\d/.test(asked)) rows.forEach(function (row) { if (row.key.replace(/-/g, "").indexOf(asked) === 0) add(row, 0); });
      persons(ways, found);
      return least() < WEAK;
    });
    score = Math.min(least(), found.length ? 0 : NONE);
    read(told[0]);
    if (score >= WEAK) {
      ways = [];
      explore({ unit: -1, town: -1, from: 0, cost: 0 }, "sound", ways);
      ways.forEach(function (at) { answer(at, "sound"); });
    }
    if (least() >= LISTED && score >= WEAK) {
      ways.forEach(function (at) { answer(at, "slip"); });
      ways.forEach(function (at) {
        if (!home(at)) return;
        var wide = { unit: at.unit, town: -1, from: at.from, cost: at.cost + 10 };
        if (at.town >= 0) answer(wide, "", inUnit[at.unit]);
        answer({ unit: at.unit, town: -1, from: at.from, cost: at.cost + 12 }, "", rows);
      });
    }
    for (var m = 0; m < best.length; m++) {
      if (best[m] < NONE) found.push([best[m], m, rows[m]]);
    }
    found.sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; });
    return {
      hits: found.map(function (f) {
        var row = f[2];
        if (row.where === undefined) row.where = where(row);
        return row;
      }),
      weak: score >= WEAK,
      asksPeople: !people && (/^\d{5,}$/.test(asked) || (score > 2.9 && /[\u4e00-\u9fff]{2,}$/.test(asked)))
    };
  }
  /* The register of those who answer is a line for each row; one of another build is left aside. */
  function meet(register) {
    people = { names: {}, numbers: [] };
    if (!register || register[0] !== index[0]) return;
    register[1].split("\n").forEach(function (line, order) {
      if (line) line.split(",").forEach(function (text) {
        var digits = text.replace(/[^0-9]/g, "");
        if (digits) people.numbers.push([digits, text, order]);
        else { text = joined(text); (people.names[text] = people.names[text] || []).push(order); }
      });
    });
  }
  /* Spell some rows ahead, while nobody waits; says whether more are left. */
  var warmed = 0;
  function warm() {
    for (var end = Math.min(warmed + 400, rows.length); warmed < end; warmed++) spell(rows[warmed]);
    return warmed < rows.length;
  }
  return { warm: warm, find: find, normal: normal, meet: meet };
};
