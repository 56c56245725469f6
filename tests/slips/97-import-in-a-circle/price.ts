import { currency } from './menu.ts';

export const priceTag = `${currency}3.40`;
