// Reading: what only a program that stands still can tell, a value that is returned among it.
//
//   return item;   stopped here  ──►  returned(frame) is { id: 2, name: 'Flat white' }
//
// The debugger of this very thread answers before post() comes back. It hands out an object by a
// number; a function that is called on it hands over the object itself.

import { Session, type Debugger, type Runtime } from 'node:inspector';

export type Post = <Result>(method: string, params?: object) => Result;

export type Frame = Debugger.CallFrame;

export function openSession(): { session: Session; post: Post } {
  const session = new Session();
  session.connect();
  function post<Result>(method: string, params?: object): Result {
    let error: Error | null = null;
    let result: unknown;
    session.post(method, params, (problem, answer) => {
      error = problem;
      result = answer;
    });
    if (error) throw new Error(`${method} failed: ${JSON.stringify(error)}`);
    return result as Result;
  }
  return { session, post };
}

export type Reader = ReturnType<typeof openReader>;

type Evaluated = Debugger.EvaluateOnCallFrameReturnType;
type Properties = Runtime.GetPropertiesReturnType;

/** `holder` is the function that conditions call: what is handed over lies there for a moment. */
export function openReader(post: Post, holder: { taken?: unknown }) {
  /** One of the variables could not be read, so each is asked for by itself. */
  function each(names: { text: string }[], { callFrameId }: Frame): Record<string, unknown> {
    const seen: Record<string, unknown> = {};
    for (const { text } of names) {
      const what = { callFrameId, expression: text, silent: true };
      const answer = post<Evaluated>('Debugger.evaluateOnCallFrame', what);
      if (!answer.exceptionDetails) seen[text] = take(answer.result);
    }
    return seen;
  }

  function returned({ returnValue }: Frame): unknown {
    const remote = returnValue?.subtype === 'promise' ? insideOf(returnValue) : returnValue;
    return remote && take(remote);
  }

  // An async function returns a promise; what the reader wrote behind "return" is inside.
  function insideOf({ objectId }: Runtime.RemoteObject): Runtime.RemoteObject | undefined {
    const answer = post<Properties>('Runtime.getProperties', { objectId, ownProperties: true });
    const inside = answer.internalProperties ?? [];
    const find = (name: string) => inside.find((one) => one.name === name)?.value;
    return find('[[PromiseState]]')?.value === 'fulfilled' ? find('[[PromiseResult]]') : undefined;
  }

  function take({ objectId, value, unserializableValue }: Runtime.RemoteObject): unknown {
    if (objectId === undefined) {
      return unserializableValue === undefined ? value : Number.parseFloat(unserializableValue);
    }
    post('Runtime.callFunctionOn', { objectId, functionDeclaration: handOver, silent: true });
    const { taken } = holder;
    delete holder.taken;
    return taken;
  }

  return { each, returned };
}

const handOver = 'function () { "use strict"; __replay.taken = this; }';
