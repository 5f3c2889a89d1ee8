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
      measures: LedgerMeasure[];
    }[];
  }[];
}

export interface LedgerMeasure {
  id: string;
  unit: string;
  label: string;
  column?: number | undefined;
}

export interface LedgerRow {
  no: number;
  id: string;
  label: string;
  field: string | null;
  measures: LedgerMeasure[];
}

/** A number, or `/` for a row that was said not to apply. */
export type LedgerFigure = number | "/";

/** Figures by `row id.measure id`. */
type Account = Map<string, LedgerFigure>;

/** How many units there are, and when those that reported did so for the first time. */
export interface Turnout {
  expected: number;
  onTime: number;
  late: number;
  missing: number;
}

export class Ledger {
  readonly rows: LedgerRow[];
  /** Told of every row that a unit says something about. */
  onSaid: (unitId: string, rowId: string) => void = () => undefined;
  readonly #drafts = new Map<string, Account>();
  readonly #submitted = new Map<string, Account>();
  readonly #onTime = new Map<string, boolean>();

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

  figure(unitId: string, rowId: string, measureId: string): LedgerFigure | undefined {
    return this.#draft(unitId).get(`${rowId}.${measureId}`);
  }

  isUntouched(unitId: string, row: LedgerRow): boolean {
    return row.measures.every((it) => this.figure(unitId, row.id, it.id) === undefined);
  }

  add(unitId: string, rowId: string, figures: Readonly<Record<string, number>>): void {
    this.onSaid(unitId, rowId);
    const draft = this.#draft(unitId);
    for (const [measure, value] of Object.entries(figures)) {
      const key = `${rowId}.${measure}`;
      draft.set(key, asNumber(draft.get(key)) + value);
    }
  }

  set(unitId: string, rowId: string, figures: Readonly<Record<string, number>>): void {
    this.onSaid(unitId, rowId);
    for (const [measure, value] of Object.entries(figures)) this.#draft(unitId).set(`${rowId}.${measure}`, value);
  }

  notApplicable(unitId: string, rows: readonly LedgerRow[]): void {
    for (const row of rows) for (const it of row.measures) this.#draft(unitId).set(`${row.id}.${it.id}`, "/");
  }

  /** `其余无`: whatever of these rows has no figure is zero. */
  zeroRest(unitId: string, rows: readonly LedgerRow[]): void {
    const draft = this.#draft(unitId);
    for (const row of rows) {
      this.onSaid(unitId, row.id);
      for (const measure of row.measures) {
        const key = `${row.id}.${measure.id}`;
        if (!draft.has(key)) draft.set(key, 0);
      }
    }
  }

  /** Only the first submission says whether a unit was on time. */
  submit(unitId: string, isOnTime: boolean): void {
    this.#submitted.set(unitId, new Map(this.#draft(unitId)));
    if (!this.#onTime.has(unitId)) this.#onTime.set(unitId, isOnTime);
  }

  turnout(expected: number): Turnout {
    const onTime = [...this.#onTime.values()].filter((it) => it).length;
    return { expected, onTime, late: this.#onTime.size - onTime, missing: expected - this.#onTime.size };
  }

  /** The last submitted figure; `undefined` where the unit never submitted, or the row is not its own. */
  submitted(unitId: string, rowId: string, measureId: string): LedgerFigure | undefined {
    return this.#submitted.get(unitId)?.get(`${rowId}.${measureId}`);
  }

  /** Over all units that submitted; `null` where none has a figure. */
  total(rowId: string, measureId: string): number | null {
    const said = [...this.#submitted.values()].flatMap((it) => it.get(`${rowId}.${measureId}`) ?? []);
    const figures = said.filter((it) => it !== "/");
    return figures.length === 0 ? null : figures.reduce((sum, it) => sum + it, 0);
  }

  /** Of all numbers called so, by themselves or by their row, the sum in one unit of counting. */
  sumCalled(label: string, unit: string): number {
    const counted = this.rows.flatMap((row) =>
      row.measures
        .filter((it) => (it.label === label || row.label === label) && it.unit === unit)
        .map((it) => this.total(row.id, it.id) ?? 0),
    );
    return counted.reduce((sum, it) => sum + it, 0);
  }

  #draft(unitId: string): Account {
    const draft = this.#drafts.get(unitId) ?? new Map();
    this.#drafts.set(unitId, draft);
    return draft;
  }
}

function asNumber(figure: LedgerFigure | undefined): number {
  return figure === undefined || figure === "/" ? 0 : figure;
}
