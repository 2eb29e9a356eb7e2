/* Without a network: a copy of pages that were opened, of home, units, hotlines and the look-up.
   A page from the copy says from when it is; lists and the index of people are not kept. */
var ROOT = self.registration.scope;
var FIRST = ("index.html units.html hotlines.html assets/qy.css assets/qy.js assets/tables.js assets/lookup.js " +
  "assets/lookup-search.js assets/lookup-index.js assets/favicon.svg").split(" ").map(function (name) { return ROOT + name; });

function key(url) {
  url = url.split(/[?#]/)[0];
  return url === ROOT ? FIRST[0] : url;
}
function isPage(url) { return /\.html$/.test(url); }
function open() { return caches.open("qy"); }
function keep(url, answer) {
  return open().then(function (store) {
    return store.put(url, answer).then(function () { return store.keys(); }).then(function (keys) {
      var more = keys.filter(function (one) { return FIRST.indexOf(one.url) < 0; });
      if (more.length > 150) return store.delete(more[0]);
    });
  });
}
function html(text, status) {
  return new Response(text, { status: status, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
function dated(copy) {
  var d = new Date(copy.headers.get("Date") || NaN);
  var when = isNaN(d) ? "以前" : [d.getFullYear(), "年", d.getMonth() + 1, "月", d.getDate(), "日", d.getHours(), "时"].join("");
  var said = '<div class="md-banner" role="status"><div class="md-banner__inner md-grid"><b>没有网络</b>这是' + when +
    "存下的，电话和责任人可能换了</div></div>";
  return copy.text().then(function (text) {
    return html(text.replace(/<body[^>]*>/, function (body) { return body + said; }), 200);
  });
}
function absent() {
  return html('<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>没有网络</title>' +
    '<body style="font:20px/1.7 sans-serif"><h1>没有网络</h1><p>这一页没有打开过，没有存下。连上网再打开。<p><a href="' +
    FIRST[0] + '">首页和查找</a>　<a href="' + FIRST[2] + '">监督电话</a>', 503);
}
self.addEventListener("install", function (e) {
  self.skipWaiting();
  e.waitUntil(open().then(function (store) { return store.addAll(FIRST); }));
});
self.addEventListener("activate", function (e) { e.waitUntil(self.clients.claim()); });
self.addEventListener("fetch", function (e) {
  var url = key(e.request.url);
  if (e.request.method !== "GET" || !isPage(url) && FIRST.indexOf(url) < 0 || url.indexOf(ROOT)) return;
  e.respondWith(fetch(e.request).then(function (answer) {
    if (answer.ok) e.waitUntil(keep(url, answer.clone()));
    return answer;
  }, function (trouble) {
    return open().then(function (store) { return store.match(url); }).then(function (copy) {
      if (isPage(url)) return copy ? dated(copy) : absent();
      if (copy) return copy;
      throw trouble;
    });
  }));
});
