// Wrapping: one method of Node's stands aside for another one, which calls it.
//
//   wrap(ServerResponse.prototype, 'end', (end) => function (...given) {
//     …
//     return end.apply(this, given);
//   });

type Method = (this: any, ...given: any[]) => any;

export function wrap(owner: object, name: string, around: (original: Method) => Method): void {
  const methods = owner as Record<string, Method>;
  methods[name] = around(methods[name]!);
}
