// Lesson 03 · items: what is on the menu.
//
//   { id: 2, name: 'Flat white', price: 340, … }  ──►  "  2  Flat white        €3.40"
//
// Prices are whole cents: 0.1 + 0.2 is 0.30000000000000004, 10 + 20 is 30.

export type Item = {
  id: number;
  name: string;
  /** In cents. */
  price: number;
  category: string;
  /** How many are left. */
  stock: number;
  /** Counts the changes made to this item; a new item begins at 1. */
  version: number;
};

export const items: Item[] = [
  { id: 1, name: 'Espresso', price: 220, category: 'coffee', stock: 200, version: 1 },
  { id: 2, name: 'Flat white', price: 340, category: 'coffee', stock: 120, version: 1 },
  { id: 3, name: 'Cappuccino', price: 330, category: 'coffee', stock: 120, version: 1 },
  { id: 4, name: 'Café au lait', price: 350, category: 'coffee', stock: 80, version: 1 },
  { id: 5, name: 'Americano', price: 260, category: 'coffee', stock: 150, version: 1 },
  { id: 6, name: 'Cold brew', price: 390, category: 'coffee', stock: 24, version: 1 },
  { id: 7, name: 'Earl Grey', price: 280, category: 'tea', stock: 60, version: 1 },
  { id: 8, name: 'Mint tea', price: 290, category: 'tea', stock: 45, version: 1 },
  { id: 9, name: 'Chai latte', price: 380, category: 'tea', stock: 40, version: 1 },
  { id: 10, name: 'Hot chocolate', price: 360, category: 'warm', stock: 50, version: 1 },
  { id: 11, name: 'Apple punch', price: 370, category: 'warm', stock: 18, version: 1 },
  { id: 12, name: 'Orange juice', price: 420, category: 'cold', stock: 30, version: 1 },
  { id: 13, name: 'Lemonade', price: 350, category: 'cold', stock: 36, version: 1 },
  { id: 14, name: 'Sparkling water', price: 240, category: 'cold', stock: 96, version: 1 },
  { id: 15, name: 'Croissant', price: 240, category: 'bakery', stock: 20, version: 1 },
  { id: 16, name: 'Cinnamon roll', price: 310, category: 'bakery', stock: 16, version: 1 },
  { id: 17, name: 'Banana bread', price: 320, category: 'bakery', stock: 9, version: 1 },
  { id: 18, name: 'Cheesecake', price: 450, category: 'bakery', stock: 0, version: 1 },
  { id: 19, name: 'Crème brûlée', price: 490, category: 'bakery', stock: 6, version: 1 },
  { id: 20, name: 'Avocado toast', price: 690, category: 'kitchen', stock: 14, version: 1 },
  { id: 21, name: 'Cheese sandwich', price: 580, category: 'kitchen', stock: 11, version: 1 },
  { id: 22, name: 'Soup of the day', price: 620, category: 'kitchen', stock: 8, version: 1 },
];

/** 340 → "€3.40" */
export function priceTag(cents: number): string {
  return `€${(cents / 100).toFixed(2)}`;
}

/** One line of the menu: number, name and price, and "sold out" if there are none left. */
export function menuLine({ id, name, price, stock }: Item): string {
  const soldOut = stock === 0 ? '  sold out' : '';
  return `${String(id).padStart(3)}  ${name.padEnd(16)}  ` +
    `${priceTag(price).padStart(6)}${soldOut}\n`;
}
