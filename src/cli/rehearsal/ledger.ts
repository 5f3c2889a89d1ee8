/**
 * The rehearsal's own account of the figures: kept only from what the script made its people say, with the campaign file's
 * JSON as the only other source. It shares no code with the program it checks.
 */
export interface FormJson {
  sections: {
    indicators: {
      id: string;
      label: string;
      field?: string | undefined;
      measures: { id: string; unit: string; label: string }[];
    }[];
  }[];
}

export interface LedgerRow {
  no: number;
  id: string;
  label: string;
  field: string | null;
  measures: { id: string; unit: string; label: string }[];
}

/** Figures by `row id.measure id`. */
type Account = Map<string, number>;

export class Ledger {
  readonly rows: LedgerRow[];
  readonly #drafts = new Map<string, Account>();
  readonly #submitted = new Map<string, Account>();

  constructor(form: FormJson) {
    this.rows = form.sections
      .flatMap((section) => section.indicators)
      .map((it, index) => ({
        no: index + 1,
        id: it.id,
        label: it.label,
        field: it.field ?? null,
        measures: it.measures,
      }));
  }

  rowsOf(fields: readonly string[]): LedgerRow[] {
    return this.rows.filter((it) => it.field === null || fields.includes(it.field));
  }

  row(id: string): LedgerRow {
    const row = this.rows.find((it) => it.id === id);
    if (row === undefined) throw new Error(`the form has no row ${id}`);
    return row;
  }

  figure(unitId: string, rowId: string, measureId: string): number | undefined {
    return this.#draft(unitId).get(`${rowId}.${measureId}`);
  }

  isUntouched(unitId: string, row: LedgerRow): boolean {
    return row.measures.every((it) => this.figure(unitId, row.id, it.id) === undefined);
  }

  add(unitId: string, rowId: string, figures: Readonly<Record<string, number>>): void {
    const draft = this.#draft(unitId);
    for (const [measure, value] of Object.entries(figures)) {
      const key = `${rowId}.${measure}`;
      draft.set(key, (draft.get(key) ?? 0) + value);
    }
  }

  set(unitId: string, rowId: string, figures: Readonly<Record<string, number>>): void {
    for (const [measure, value] of Object.entries(figures)) this.#draft(unitId).set(`${rowId}.${measure}`, value);
  }

  /** `其余无`: whatever of these rows has no figure is zero. */
  zeroRest(unitId: string, rows: readonly LedgerRow[]): void {
    const draft = this.#draft(unitId);
    for (const row of rows) {
      for (const measure of row.measures) {
        const key = `${row.id}.${measure.id}`;
        if (!draft.has(key)) draft.set(key, 0);
      }
    }
  }

  submit(unitId: string): void {
    this.#submitted.set(unitId, new Map(this.#draft(unitId)));
  }

  /** The last submitted figure; `undefined` where the unit never submitted, or the row is not its own. */
  submitted(unitId: string, rowId: string, measureId: string): number | undefined {
    return this.#submitted.get(unitId)?.get(`${rowId}.${measureId}`);
  }

  /** Over all units that submitted; `null` where none has a figure. */
  total(rowId: string, measureId: string): number | null {
    const figures = [...this.#submitted.values()].flatMap((it) => it.get(`${rowId}.${measureId}`) ?? []);
    return figures.length === 0 ? null : figures.reduce((sum, it) => sum + it, 0);
  }

  #draft(unitId: string): Account {
    const draft = this.#drafts.get(unitId) ?? new Map();
    this.#drafts.set(unitId, draft);
    return draft;
  }
}
