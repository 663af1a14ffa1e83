import type { Answer } from "../answers"
import { digest, escapeHtml } from "./html"
import { SCRIPT } from "./script"
import { STYLES } from "./styles"

/** Nothing runs, loads or frames here but what this file put in. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `script-src ${digest(SCRIPT)}`,
  `style-src ${digest(STYLES)}`,
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ")

/** The page on which a developer watches money arrive. It asks for the rest. */
export function pageAnswer(apiKey: string): Answer {
  return {
    status: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": CONTENT_SECURITY_POLICY,
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
    body: page(apiKey),
  }
}

function page(apiKey: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>MassPay sandbox</title>
<link rel="icon" href="data:,">
<style>${STYLES}</style>
</head>
<body data-api-key="${escapeHtml(apiKey)}">
<div class="banner">Local sandbox: nothing here is real money, and nothing leaves this machine.</div>
<main class="page">
<header>
  <h1>MassPay sandbox</h1>
  <div class="facts">
    <span><span class="dot"></span><span id="connection" role="status">connecting</span></span>
    <span>Virtual clock <span id="clock"></span></span>
  </div>
</header>
<section aria-labelledby="funding-title">
  <div class="section-head"><h2 id="funding-title">Funding wallets</h2></div>
  <div class="funding" id="funding"></div>
</section>
<section aria-labelledby="users-title">
  <div class="section-head"><h2 id="users-title">Users</h2><span class="count" id="user-count"></span></div>
  <div class="panel" id="users"></div>
</section>
<section aria-labelledby="loads-title">
  <div class="section-head"><h2 id="loads-title">Loads</h2><span class="count" id="load-count"></span></div>
  <div class="panel" id="loads"></div>
</section>
<section aria-labelledby="spendbacks-title">
  <div class="section-head"><h2 id="spendbacks-title">Spendbacks</h2><span class="count" id="spendback-count"></span></div>
  <div class="panel" id="spendbacks"></div>
</section>
<section aria-labelledby="payouts-title">
  <div class="section-head"><h2 id="payouts-title">Direct payouts</h2><span class="count" id="payout-count"></span></div>
  <div class="panel" id="payouts"></div>
</section>
<section aria-labelledby="deliveries-title">
  <div class="section-head"><h2 id="deliveries-title">Webhooks</h2><span class="count" id="delivery-count"></span></div>
  <div class="panel" id="deliveries"></div>
</section>
<section aria-labelledby="journal-title">
  <div class="section-head">
    <h2 id="journal-title">Journal</h2><span class="count" id="journal-count"></span>
    <div class="filters" role="group" aria-label="Show in the journal">
      <button type="button" data-filter="all" aria-pressed="true">All</button>
      <button type="button" data-filter="request" aria-pressed="false">Requests</button>
      <button type="button" data-filter="movement" aria-pressed="false">Money</button>
    </div>
  </div>
  <div class="panel journal" id="journal" tabindex="0" role="region" aria-label="Journal entries"></div>
</section>
</main>
<noscript><div class="banner">This page needs JavaScript to show what happens.</div></noscript>
<script>${SCRIPT}</script>
</body>
</html>
`
}
