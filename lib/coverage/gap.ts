export { GAP_KINDS, type Gap, type GapKind } from '../visibility/gap';
