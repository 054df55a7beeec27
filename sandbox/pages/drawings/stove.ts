import { gradient, shadow, steam, type Scene } from './scene.ts';

/** A black pan with a fried egg in it. */
export const pan: Scene = {
  wall: '#f6d9c4',
  table: '#d9a37c',
  body: `${shadow(196, 304, 150, 26)}
    <path d="M292 232l78-44a18 18 0 0 1 22 4 16 16 0 0 1-4 24l-80 42z" fill="#26282c"/>
    <ellipse cx="374" cy="204" rx="8" ry="6" fill="#d9a37c" transform="rotate(-28 374 204)"/>
    <path d="M58 252c0 34 60 56 132 56s132-22 132-56z" fill="#1d1f22"/>
    <ellipse cx="190" cy="248" rx="134" ry="62" fill="#33363c"/>
    <ellipse cx="190" cy="252" rx="116" ry="50" fill="#24262a"/>
    <path d="M82 236c20-26 60-38 104-38" fill="none" stroke="#5b6068" stroke-width="5" stroke-linecap="round"/>
    <path d="M112 256c-8-20 18-34 42-30 16-14 54-12 66 2 26-4 52 10 44 28-6 16-30 14-42 24-18 12-46 8-58 0-22 4-46-6-52-24z" fill="#fffdf6"/>
    <path d="M120 262c8 14 30 18 46 14 14 8 38 10 54 0" fill="none" stroke="#e9dfc9" stroke-width="4" stroke-linecap="round"/>
    <ellipse cx="184" cy="246" rx="29" ry="21" fill="#f2a51f"/><ellipse cx="184" cy="242" rx="27" ry="18" fill="#fbc02d"/>
    <ellipse cx="174" cy="236" rx="8" ry="4" fill="#fff" opacity=".8"/>
    <g fill="#3c7a3a"><ellipse cx="232" cy="246" rx="7" ry="3" transform="rotate(-20 232 246)"/><ellipse cx="142" cy="246" rx="6" ry="3" transform="rotate(30 142 246)"/><ellipse cx="206" cy="272" rx="6" ry="3"/></g>
    ${steam(186, 184)}`,
};

/** An enamel kettle with a wooden grip. */
export const kettle: Scene = {
  wall: '#f3e2d2',
  table: '#cfa588',
  body: `${gradient('kettle-body', [
    [0, '#6f8560'],
    [0.35, '#a3b78e'],
    [1, '#566b49'],
  ])}
    ${shadow(200, 326, 122, 18)}
    <path d="M132 196C132 96 268 96 268 196" fill="none" stroke="#3a3f45" stroke-width="9"/>
    <path d="M160 130c22-20 58-20 80 0" fill="none" stroke="#9a6237" stroke-width="19" stroke-linecap="round"/>
    <path d="M166 124c20-14 48-14 68 0" fill="none" stroke="#c08954" stroke-width="4" stroke-linecap="round"/>
    <path d="M284 268c28-6 34-44 52-66l22 6c-14 34-18 84-72 104z" fill="#647a55"/>
    <path d="M333 203l8-9 22 7-4 10z" fill="#42553a"/>
    <path d="M96 282c0-62 46-98 104-98s104 36 104 98c0 24-18 42-42 42H138c-24 0-42-18-42-42z" fill="url(#kettle-body)"/>
    <path d="M112 268c4-38 28-60 54-68" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round" opacity=".5"/>
    <ellipse cx="200" cy="190" rx="52" ry="13" fill="#42553a"/><path d="M150 186c8-20 92-20 100 0-14 10-86 10-100 0z" fill="#8ea579"/>
    <circle cx="200" cy="166" r="11" fill="#9a6237"/><circle cx="197" cy="163" r="3" fill="#d9ab7a"/>
    <path d="M104 306c4 10 16 18 34 18h124c18 0 30-8 34-18z" fill="#42553a" opacity=".55"/>
    <g fill="#fff" opacity=".9"><circle cx="160" cy="262" r="6"/><circle cx="200" cy="248" r="6"/><circle cx="240" cy="262" r="6"/><circle cx="180" cy="288" r="6"/><circle cx="220" cy="288" r="6"/></g>
    ${steam(356, 184)}`,
};

/** A little box mill with a crank and a drawer. */
export const grinder: Scene = {
  wall: '#ead9c0',
  table: '#b98d62',
  body: `${gradient('grinder-brass', [
    [0, '#b8862f'],
    [0.4, '#f0cd76'],
    [1, '#a9761f'],
  ])}
    ${shadow(200, 330, 116, 16)}
    <path d="M196 116h8v40h-8z" fill="#8a8f95"/><path d="M200 116c40 0 76-8 104-22" fill="none" stroke="#8a8f95" stroke-width="8" stroke-linecap="round"/>
    <path d="M292 62h26c4 14 4 24-2 34h-22c-6-10-6-20-2-34z" fill="#6b3f22"/><path d="M298 66c-2 8-2 16 0 24" stroke="#a56d40" stroke-width="4" stroke-linecap="round"/>
    <path d="M136 212c0-40 28-62 64-62s64 22 64 62z" fill="url(#grinder-brass)"/><path d="M152 198c4-22 16-34 32-38" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" opacity=".6"/>
    <path d="M118 208h164v18H118z" fill="#8c5730"/><path d="M128 226h144v88H128z" fill="#a76b3e"/>
    <path d="M128 226h30v88h-30z" fill="#c08552" opacity=".55"/><path d="M112 312h176v18H112z" fill="#8c5730"/>
    <path d="M150 252h100v46H150z" fill="#8c5730"/><path d="M154 256h92v38h-92z" fill="#b97b4a"/><circle cx="200" cy="275" r="9" fill="#e4bd63"/><circle cx="197" cy="272" r="3" fill="#fff" opacity=".8"/>
    <path d="M134 240h132M134 304h132" stroke="#7a4a28" stroke-width="2" opacity=".6"/>
    <g fill="#4b2a17"><ellipse cx="316" cy="342" rx="15" ry="10" transform="rotate(-24 316 342)"/><ellipse cx="346" cy="356" rx="15" ry="10" transform="rotate(16 346 356)"/><ellipse cx="84" cy="352" rx="15" ry="10" transform="rotate(-12 84 352)"/></g>
    <g stroke="#8a5a3a" stroke-width="3" fill="none" stroke-linecap="round"><path d="M306 348c8-2 12-8 20-12M335 352c8 4 14 2 22 7M73 354c8-4 14 0 22-5"/></g>`,
};

/** A stone mortar with basil. */
export const mortar: Scene = {
  wall: '#d5e3cd',
  table: '#a9b890',
  body: `${gradient('mortar-stone', [
    [0, '#8d939a'],
    [0.35, '#b9bfc5'],
    [1, '#767c84'],
  ])}
    ${shadow(200, 334, 112, 16)}
    <path d="M214 214L292 70c8-14 34-2 28 14l-66 146z" fill="#9aa0a7"/><path d="M292 72c6-14 34-2 28 14-2 6-28-6-28-14z" fill="#b9bfc5"/>
    <path d="M236 190L298 84" stroke="#d3d8dc" stroke-width="6" stroke-linecap="round"/>
    <g fill="#3f8a45"><path d="M150 196c-30-6-44-30-40-54 26 2 46 22 46 50z"/><path d="M178 190c-14-28-6-54 14-68 16 20 16 48 0 68z"/></g>
    <g stroke="#8cc78a" stroke-width="3" fill="none" stroke-linecap="round"><path d="M150 190c-12-12-24-24-32-40M180 184c0-20 4-36 10-52"/></g>
    <path d="M96 206c0 60 26 104 64 114h80c38-10 64-54 64-114z" fill="url(#mortar-stone)"/>
    <ellipse cx="200" cy="206" rx="106" ry="25" fill="#c9cfd4"/><ellipse cx="200" cy="208" rx="90" ry="18" fill="#5f656d"/>
    <path d="M122 214c18-8 40-10 62-9 24 0 60 0 92 10-24 10-130 12-154-1z" fill="#4f9a55"/>
    <path d="M214 212l14-26 34 12-12 22c-14 2-28 0-36-8z" fill="#9aa0a7"/>
    <path d="M148 318h104c10 0 16 6 16 14H132c0-8 6-14 16-14z" fill="#6a7078"/>
    <g fill="#646a72" opacity=".7"><circle cx="140" cy="252" r="3"/><circle cx="168" cy="284" r="3"/><circle cx="232" cy="262" r="3"/><circle cx="252" cy="286" r="2"/><circle cx="196" cy="300" r="3"/><circle cx="270" cy="244" r="3"/></g>
    <path d="M116 244c4 20 12 36 22 48" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".45"/>`,
};
