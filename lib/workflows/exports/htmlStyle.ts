/** The page's only style: greys and one violet, so that it prints; A4, nothing torn apart that belongs together. */
export const PAGE_STYLE = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0 auto;max-width:52rem;padding:2rem 1.5rem;font:13px/1.5 Geist,system-ui,sans-serif;color:#1b1f24;background:#fff}
h1{font-size:20px;line-height:1.3;margin:0 0 .5rem}
h2{font-size:15px;margin:1.75rem 0 .5rem;padding-top:.5rem;border-top:1px solid #c9ced4;break-after:avoid}
h3{font-size:13px;margin:1rem 0 .25rem;break-after:avoid}
p,ul,ol,dl{margin:.25rem 0 .5rem}
ul,ol{padding-left:1.25rem}
li{margin:.15rem 0}
code,.m{font:12px/1.45 "Geist Mono",ui-monospace,monospace;overflow-wrap:anywhere}
.q{color:#58606a}
.n{font-variant-numeric:tabular-nums}
.blind{color:#6b2fb3}
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem}
dl.facts dt{color:#58606a}
dl.facts dd{margin:0;overflow-wrap:anywhere}
ol.strip{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;padding:0;margin:1rem 0}
ol.strip li{display:flex;gap:.5rem;align-items:center;margin:0;max-width:15rem}
ol.strip svg{flex:none}
ol.strip small{display:block;color:#58606a;font-size:11px}
section.stage{break-inside:avoid-page}
table{width:100%;border-collapse:collapse;margin:.25rem 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.2rem .6rem .2rem 0;border-bottom:1px solid #e3e6ea}
th{font-weight:500;color:#58606a}
td.p{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
tr{break-inside:avoid}
.off{color:#58606a}
.box{display:inline-block;width:.8em;height:.8em;border:1px solid #58606a;margin-right:.5em}
@page{size:A4;margin:16mm 14mm}
@media print{body{max-width:none;padding:0;font-size:10pt}h1{font-size:15pt}code,.m{font-size:8.5pt}}
`;
