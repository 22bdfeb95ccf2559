import { useId } from 'react';
import type { Flow } from '../../src-shared/flow.ts';
import { t } from '../words/words.ts';
import { boxesOf, type FlowBox } from './flow-setup.ts';
import './flow-picture.css';

/** A box of the drawing. `ours`: it takes an address of this computer. */
interface Box {
  readonly title: string;
  readonly text: string;
  readonly ours: boolean;
}

/** A branch: its words on the wire, and the boxes along it. */
interface Branch {
  readonly label: string;
  readonly boxes: readonly Box[];
}

const unit = { width: 440, box: 46, gap: 22, indent: 38, small: 30, along: 20 };

/** The flow as it is built in Exotel (exotel-flows.md 6), by its kind and what it asks. */
export function FlowPicture({ flow }: { readonly flow: Flow }) {
  const id = useId();
  const arrow = `url(#${id}-arrow)`;
  const trunk = trunkOf(flow);
  const branches = branchesOf(flow);
  const trunkHeight = 34 + trunk.length * (unit.box + unit.gap);
  const step = 22 + unit.small + unit.gap;
  const height = trunkHeight + branches.length * step - unit.gap + 2;
  return (
    <svg
      className="flow-picture"
      viewBox={`0 0 ${unit.width} ${height}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-text`}
    >
      <title id={`${id}-title`}>{t('settings.setup.pictureName', { name: flow.name })}</title>
      <desc id={`${id}-text`}>{describe(trunk, branches)}</desc>
      <defs>
        <marker
          id={`${id}-arrow`}
          viewBox="0 0 6 8"
          refX="6"
          refY="4"
          markerWidth="6"
          markerHeight="8"
          orient="auto"
        >
          <path d="M0.5 0.5 5.5 4 0.5 7.5" className="flow-picture-wire" />
        </marker>
      </defs>
      <circle cx={12} cy={17} r={5} className="flow-picture-start" />
      <text x={unit.indent - 8} y={22} className="flow-picture-words">
        {t('settings.setup.pickedUp')}
      </text>
      {trunk.map((box, index) => {
        const y = 34 + index * (unit.box + unit.gap);
        return (
          <g key={box.title}>
            <path
              d={index === 0 ? `M12 22V${y}` : `M12 ${y - unit.gap}V${y}`}
              className="flow-picture-wire"
              markerEnd={arrow}
            />
            <Rectangle box={box} x={0} y={y} width={250} height={unit.box} />
          </g>
        );
      })}
      {branches.map(({ label, boxes }, index) => {
        const top = trunkHeight - unit.gap + index * step;
        const y = top + 28;
        const middle = y + unit.small / 2;
        return (
          <g key={label}>
            <path
              d={`M12 ${index === 0 ? top : top - step + 28 + unit.small / 2}V${middle}H${unit.indent}`}
              className="flow-picture-wire"
              markerEnd={arrow}
            />
            <text x={unit.indent} y={y - 7} className="flow-picture-label">
              {label}
            </text>
            {placed(boxes).map(({ box, x, width }) => (
              <g key={box.title}>
                {x > unit.indent && (
                  <path
                    d={`M${x - unit.along} ${middle}H${x}`}
                    className="flow-picture-wire"
                    markerEnd={arrow}
                  />
                )}
                <Rectangle box={box} x={x} y={y} width={width} height={unit.small} />
              </g>
            ))}
          </g>
        );
      })}
    </svg>
  );
}

function Rectangle({
  box,
  x,
  y,
  width,
  height,
}: {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}) {
  return (
    <g data-ours={box.ours || undefined} className="flow-picture-box">
      <rect x={x + 0.5} y={y + 0.5} width={width - 1} height={height - 1} rx={9} />
      <text x={x + 14} y={box.text === '' ? y + height / 2 + 4.5 : y + 20} className="flow-picture-title">
        {box.title}
      </text>
      {box.text !== '' && (
        <text x={x + 14} y={y + 36} className="flow-picture-text">
          {box.text}
        </text>
      )}
    </g>
  );
}

const widths = { long: 122, middle: 92, short: 80 };

/** The boxes of a branch from left to right. */
function placed(boxes: readonly Box[]) {
  let x = unit.indent;
  return boxes.map((box) => {
    const width = box.title.length > 12 ? widths.long : box.title.length > 7 ? widths.middle : widths.short;
    const at = { box, x, width };
    x += width + unit.along;
    return at;
  });
}

function trunkOf(flow: Flow): readonly Box[] {
  const boxes = boxesOf(flow);
  const ours = (box: FlowBox) => boxes.includes(box);
  const speaks = ours('greeting') || flow.kind === 'automated';
  const whom = flow.kind === 'rings-team' ? 'connectTeam' : 'connect';
  const leg = ours('leg') ? ` ${t('settings.setup.appletText.leg')}` : '';
  return [
    ...(speaks
      ? [
          {
            title: t('settings.setup.applet.greeting'),
            text: t(`settings.setup.appletText.${ours('greeting') ? 'greeting' : 'speech'}`),
            ours: ours('greeting'),
          },
        ]
      : []),
    ...(flow.kind === 'automated'
      ? []
      : [
          {
            title: t('settings.setup.applet.connect'),
            text: `${t(`settings.setup.appletText.${whom}`)}${leg}`,
            ours: ours('connect') || ours('leg'),
          },
        ]),
  ];
}

function branchesOf({ kind, asks }: Flow): readonly Branch[] {
  const passthru = asks.passthru
    ? [{ title: t('settings.setup.applet.passthru'), text: '', ours: true }]
    : [];
  const sorry = { title: t('settings.setup.applet.sorry'), text: '', ours: false };
  const hangup = { title: t('settings.setup.applet.hangup'), text: '', ours: false };
  if (kind === 'automated') {
    return [{ label: t('settings.setup.branch.plain'), boxes: [...passthru, hangup] }];
  }
  return (['talked', 'missed', 'nodial'] as const).map((branch) => ({
    label: t(`settings.setup.branch.${branch}`),
    boxes: [...passthru, ...(branch === 'talked' ? [] : [sorry]), hangup],
  }));
}

/** The same in words. */
function describe(trunk: readonly Box[], branches: readonly Branch[]): string {
  const name = ({ title, text, ours }: Box) =>
    `${[title, text].filter((part) => part !== '').join(', ')}${ours ? ` (${t('settings.setup.ours')})` : ''}`;
  return [
    [t('settings.setup.pickedUp'), ...trunk.map(name)].join(' → '),
    ...branches.map(({ label, boxes }) => `${label}: ${boxes.map(name).join(' → ')}`),
  ].join('. ');
}
