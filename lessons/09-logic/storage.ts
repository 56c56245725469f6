// Lesson 09 · storage: what every store can do, wherever it keeps things.
//
//   const menu = storage.collection<Item>('menu', { unique: ['name'] });
//   await menu.insert({ name: 'Flat white', price: 340, … })
//     ──►  { id: 2, version: 1, name: 'Flat white', price: 340, … }
//
// The café does not ask where its menu is kept: in memory today, in a file from lesson 11 on, in a
// database from lesson 18 on. All of them answer with promises, because files and networks take
// time, and code that already awaits one store need not change for another.
//
// When a promise resolves, the change is stored, as safely as this store can. Records are frozen,
// so that no handler changes the store's own copy by accident.

/** What a store adds to a record: its number, and its version, which counts changes from 1. */
export type Stored = { id: number; version: number };

/** A record as the caller passes it in. */
export type FieldsOf<Item extends Stored> = Omit<Item, 'id' | 'version'>;

export type FieldName<Item extends Stored> = keyof FieldsOf<Item> & string;

export type Storage = {
  /** The same name means the same collection; only the options of the first call count. */
  collection<Item extends Stored>(
    name: string,
    options?: CollectionOptions<Item>,
  ): Collection<Item>;
  /** Waits for changes under way. After that, do not use the store again. */
  close(): Promise<void>;
};

export type CollectionOptions<Item extends Stored> = {
  /**
   * No two records may have the same value here. A record without the field, or with null in it,
   * never counts as a duplicate.
   */
  unique?: FieldName<Item>[];
  /**
   * Fields of text, numbers, true or false that find() can search by. Unique fields need not be
   * listed again.
   */
  indexes?: FieldName<Item>[];
  /** What a collection begins with when it is new. */
  initial?: readonly Item[];
};

/**
 * By default in order of id, starting after `after` (0). With `before`, the newest first: those
 * with smaller ids, downwards. At most `limit` (100).
 */
export type PageOptions = { after?: number; before?: number; limit?: number };

/** `next` is the `after` or `before` of the next page, if there is one. */
export type RecordPage<Item extends Stored> = { records: Item[]; next: number | undefined };

/** Rejects with a TypeError for arguments of a wrong kind: see check-arguments.ts. */
export type Collection<Item extends Stored> = {
  get(id: number): Promise<Item | undefined>;
  list(wanted?: PageOptions): Promise<RecordPage<Item>>;
  /** In the order of ids. Rejects for a field that was not declared. */
  find<Field extends FieldName<Item>>(field: Field, value: Item[Field]): Promise<Item[]>;
  /** Ids are counted up and never used twice. Rejects with a Conflict ("taken"). */
  insert(fields: FieldsOf<Item>): Promise<Item>;
  /**
   * Replaces all fields if `version` is still the record's. Rejects with a Conflict ("missing",
   * "changed", "taken").
   */
  update(id: number, version: number, fields: FieldsOf<Item>): Promise<Item>;
  /**
   * False if there was none. Rejects with a Conflict ("changed") if a version is given and not the
   * record's.
   */
  remove(id: number, version?: number): Promise<boolean>;
};

/** Why a change was not made; nothing is stored then. */
export class Conflict extends Error {
  readonly reason: 'missing' | 'changed' | 'taken';

  constructor(reason: Conflict['reason'], sentence: string) {
    super(sentence);
    this.reason = reason;
  }
}
