/**
 * Makes forms with files quicker and safer: files are sent as soon as they are chosen, in pieces that go on after the line broke,
 * and the form itself then carries their ids. Without it the browser sends the files with the form.
 */

import { textFor, type Texts } from '../shops/translations.ts';
import { PROBLEM_TEXTS, STORY_TEXTS } from '../stories/page-texts.ts';

interface Told {
  token: string;
  /** Why a file was not taken, by code. */
  words: Record<string, string>;
  sending: string;
  remove: string;
}

/** What the script says, in the reader's language. */
export function scriptWords(token: string, locale: string | null, shopLocale: string): Told {
  const say = (texts: Texts) => textFor(texts, locale, shopLocale);
  const words = Object.entries(PROBLEM_TEXTS).map(([code, texts]) => [code, say(texts)]);
  return {
    token,
    words: Object.fromEntries(words) as Record<string, string>,
    sending: say(STORY_TEXTS.sending),
    remove: say(STORY_TEXTS.remove),
  };
}

/** JSON that cannot end the script it stands in. */
const quoted = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');

const SCRIPT = `
const form=document.querySelector('form[data-files]');
const tus={'tus-resumable':'1.0.0'};
const wait=(ms)=>new Promise((done)=>setTimeout(done,ms));
let open=0;
async function ask(call){
  for(let tries=0;tries<8;tries++){
    try{const answer=await call();if(answer.status<500||answer.status===507)return answer}catch{}
    await wait(Math.min(8000,300*2**tries));
  }
  return null;
}
async function send(file,onPart){
  const begun=await ask(()=>fetch('/upload/'+told.token,{method:'POST',headers:{...tus,'upload-length':String(file.size)}}));
  const place=begun&&begun.headers.get('location');
  if(!place)return begun?begun.json().catch(()=>null):null;
  for(let at=0;at<file.size;){
    const sent=await ask(()=>fetch(place,{method:'PATCH',headers:{...tus,'content-type':'application/offset+octet-stream','upload-offset':String(at)},body:file.slice(at,at+1048576)}));
    if(!sent)return null;
    if(!sent.ok&&sent.status!==409)return sent.json().catch(()=>null);
    at=Number(sent.headers.get('upload-offset'));
    onPart(at/file.size);
  }
  const end=await ask(()=>fetch(place));
  return end?end.json().catch(()=>null):null;
}
function row(input,name){
  const item=document.createElement('p');
  item.className='sent';
  const label=document.createElement('span');
  label.textContent=name;
  const bar=document.createElement('progress');
  bar.max=1;bar.value=0;bar.setAttribute('aria-label',told.sending+' '+name);
  item.append(label,bar);
  input.closest('p').after(item);
  return {item,label,bar};
}
async function take(input,file){
  const {item,label,bar}=row(input,file.name);
  open++;state();
  const end=await send(file,(part)=>{bar.value=part});
  open--;state();
  bar.remove();
  if(!end||end.state!=='stored'){
    item.className='sent wrong';item.setAttribute('role','alert');
    label.textContent=file.name+': '+(told.words[end&&end.refusal]||told.words.unreachable);
    return;
  }
  const kept=document.createElement('input');
  kept.type='hidden';kept.name='sent-'+input.id;kept.value=end.fileId;
  const away=document.createElement('button');
  away.type='button';away.className='quiet';away.textContent=told.remove;
  away.setAttribute('aria-label',told.remove+' '+file.name);
  away.onclick=()=>item.remove();
  if(end.kind==='picture'){
    const shown=document.createElement('img');
    shown.src=end.small;shown.alt='';shown.width=64;shown.height=64;
    item.prepend(shown);
  }
  item.append(kept,away);
}
function state(){
  const button=form.querySelector('button:not([type])');
  button.disabled=open>0;
  form.querySelector('.progress').textContent=open>0?told.sending:'';
}
if(form)for(const input of form.querySelectorAll('input[type=file]'))input.addEventListener('change',()=>{
  const files=[...input.files];
  if(!input.multiple)for(const old of form.querySelectorAll('input[name="sent-'+input.id+'"]'))old.closest('p').remove();
  input.value='';
  for(const file of files)take(input,file);
})
`;

export const filesScript = (told: Told): string => `const told=${quoted(told)};${SCRIPT}`;
