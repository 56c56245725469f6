// The café's only script: a button asks the API how many are left.
//
//   <button data-stock-of="2">  ──►  GET /api/menu/2  ──►  { "stock": 119, … }  ──►  "119 left"
//
// This runs in the browser, so it knows only what every guest can know.

for (const button of document.querySelectorAll('button[data-stock-of]')) {
  button.hidden = false;
  button.addEventListener('click', () => showStock(button.dataset.stockOf));
}

async function showStock(id) {
  const place = document.querySelector('#stock');
  place.textContent = 'Checking …';
  place.textContent = await askStock(id).catch(() => 'The café does not answer. Please try again.');
}

async function askStock(id) {
  const response = await fetch(`/api/menu/${id}`);
  if (response.status === 404) return 'This is no longer on the menu.';
  if (!response.ok) throw new Error(`GET /api/menu/${id} was answered ${response.status}`);
  const { stock } = await response.json();
  return stock === 0 ? 'Sold out' : `${stock} left`;
}
