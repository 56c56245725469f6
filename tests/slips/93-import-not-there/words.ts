export const welcome = 'Hello';
