export const STYLES = `
:root {
  color-scheme: light dark;
  --ground: #f5f6f4; --panel: #ffffff; --line: #e1e4df; --ink: #17201b;
  --quiet: #5d6a63; --accent: #0b6b4f; --accent-soft: #dff3ea;
  --good: #0b6b4f; --good-soft: #dff3ea; --wait: #7a5200; --wait-soft: #fdf0d2;
  --bad: #a0281c; --bad-soft: #fbe4e0; --flash: #b8ecd3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #101412; --panel: #181e1b; --line: #2a332e; --ink: #e7ece9;
    --quiet: #98a59e; --accent: #6fd3ab; --accent-soft: #16342a;
    --good: #6fd3ab; --good-soft: #16342a; --wait: #f0c36a; --wait-soft: #362a10;
    --bad: #f49a8e; --bad-soft: #3c1c18; --flash: #1f5a45;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
.mono, code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .86em; }
a { color: var(--accent); }
.page { max-width: 1180px; margin: 0 auto; padding: 0 20px 64px; }
.banner {
  background: var(--wait-soft); color: var(--wait); text-align: center;
  padding: 6px 20px; font-size: .87rem; font-weight: 600;
}
header { display: flex; flex-wrap: wrap; gap: 6px 24px; align-items: baseline; padding: 26px 0 18px; }
h1 { font-size: 1.55rem; line-height: 1.2; letter-spacing: -.015em; margin: 0; }
h2 { font-size: 1.02rem; margin: 0; letter-spacing: -.005em; }
.facts { display: flex; flex-wrap: wrap; gap: 4px 18px; color: var(--quiet); font-size: .88rem; margin-left: auto; }
.dot { display: inline-block; width: 8px; height: 8px; border-radius: 50%; background: var(--good); margin-right: 7px; }
.is-lost .dot { background: var(--bad); }
.section-head { display: flex; align-items: baseline; gap: 10px; margin: 30px 0 10px; }
.count { color: var(--quiet); font-size: .88rem; }
.section-head .filters { margin-left: auto; display: flex; gap: 4px; }
.funding { display: grid; grid-template-columns: repeat(auto-fill, minmax(225px, 1fr)); gap: 14px; }
.card, .panel { background: var(--panel); border: 1px solid var(--line); border-radius: 12px; }
.card { padding: 16px 18px; min-width: 0; }
.card .label { color: var(--quiet); font-size: .85rem; }
.card .amount { font-size: 1.55rem; font-weight: 650; letter-spacing: -.02em; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.panel { overflow: hidden; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 550; color: var(--quiet); font-size: .8rem; padding: 9px 16px; border-bottom: 1px solid var(--line); white-space: nowrap; }
td { padding: 10px 16px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 0; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.when, td.tight { white-space: nowrap; }
td.when { color: var(--quiet); font-variant-numeric: tabular-nums; }
.sub { color: var(--quiet); font-size: .85rem; }
.token { color: var(--quiet); white-space: nowrap; }
.pill { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: .77rem; font-weight: 600; white-space: nowrap; background: var(--line); color: var(--ink); }
.pill.good { background: var(--good-soft); color: var(--good); }
.pill.wait { background: var(--wait-soft); color: var(--wait); }
.pill.bad { background: var(--bad-soft); color: var(--bad); }
.pill + .pill { margin-left: 5px; }
.balances { display: flex; flex-direction: column; align-items: flex-end; gap: 2px; }
.balance { font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; padding: 0 5px; margin-right: -5px; border-radius: 5px; }
.empty { padding: 26px 18px; color: var(--quiet); }
.empty p { margin: 0 0 10px; }
.empty pre { margin: 0; padding: 12px 14px; background: var(--ground); border-radius: 8px; overflow-x: auto; color: var(--ink); }
.journal { max-height: 560px; overflow-y: auto; }
.journal tr.movement td { background: color-mix(in srgb, var(--accent-soft) 45%, transparent); }
button { font: inherit; font-size: .84rem; color: var(--quiet); background: none; border: 1px solid transparent; border-radius: 99px; padding: 3px 12px; cursor: pointer; }
button:hover { color: var(--ink); }
button[aria-pressed="true"] { color: var(--ink); background: var(--panel); border-color: var(--line); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
@media (prefers-reduced-motion: no-preference) {
  .flash { animation: flash 1.8s ease-out; }
  @keyframes flash { from { background: var(--flash); } }
}
@media (max-width: 720px) {
  .page { padding: 0 14px 48px; }
  .facts { margin-left: 0; }
  .funding { grid-template-columns: 1fr 1fr; gap: 10px; }
  .card { padding: 12px 14px; }
  .card .amount { font-size: 1.2rem; }
  thead { position: absolute; clip-path: inset(50%); }
  tr { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; padding: 11px 14px; border-bottom: 1px solid var(--line); }
  tr:last-child { border-bottom: 0; }
  td { display: block; padding: 0; border: 0; }
  td.wide { flex: 1 0 100%; }
  td.number { margin-left: auto; }
  .journal tr.movement { background: color-mix(in srgb, var(--accent-soft) 45%, transparent); }
  .journal tr.movement td { background: none; }
}
`
