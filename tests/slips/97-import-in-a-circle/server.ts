import './menu.ts';
