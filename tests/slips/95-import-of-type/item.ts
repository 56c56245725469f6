export type Item = { name: string };
