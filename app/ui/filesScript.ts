/**
 * Makes forms with files quicker and safer: files are sent as soon as they are chosen, in pieces that go on after the line broke,
 * and the form itself then carries their ids. Where the line stays broken a button goes on; so does choosing the same file again
 * after the page was closed, by the upload's id, which the browser keeps until all is there. Without script the browser sends the
 * files with the form.
 */

import { textFor, type Texts } from '../shops/translations.ts';
import { PROBLEM_TEXTS, STORY_TEXTS } from '../stories/page-texts.ts';

interface Told {
  token: string;
  /** Why a file was not taken, by code. */
  words: Record<string, string>;
  sending: string;
  remove: string;
  goOn: string;
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
    goOn: say(STORY_TEXTS.goOn),
  };
}

/** JSON that cannot end the script it stands in. */
const quoted = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');

const SCRIPT = `
const form=document.querySelector('form[data-files]');
const tus={'tus-resumable':'1.0.0'};
const wait=(ms)=>new Promise((done)=>setTimeout(done,ms));
let open=0;
const shelf={
  read(key){try{return localStorage.getItem(key)}catch{return null}},
  put(key,id){try{localStorage.setItem(key,id)}catch{}},
  drop(key){try{localStorage.removeItem(key)}catch{}},
};
const keyOf=(file)=>'everafter-upload:'+file.size+':'+file.lastModified;
const online=()=>navigator.onLine||Promise.race([new Promise((done)=>addEventListener('online',done,{once:true})),wait(30000)]);
async function ask(call){
  for(let tries=0;tries<8;tries++){
    await online();
    let pause=Math.min(8000,300*2**tries);
    try{
      const answer=await call(AbortSignal.timeout(120000));
      if(answer.status===429)pause=1000*(Number(answer.headers.get('retry-after'))||5);
      else if(answer.status<500||answer.status===507)return answer;
    }catch{}
    await wait(pause);
  }
  return null;
}
async function begin(file){
  const here='/upload/'+told.token,old=shelf.read(keyOf(file));
  if(old){
    const there=await ask((signal)=>fetch(here+'/'+old,{method:'HEAD',headers:tus,signal}));
    if(!there)return {lost:true};
    if(there.ok&&Number(there.headers.get('upload-length'))===file.size)
      return {place:here+'/'+old,at:Number(there.headers.get('upload-offset'))};
  }
  const begun=await ask((signal)=>fetch(here,{method:'POST',headers:{...tus,'upload-length':String(file.size)},signal}));
  if(!begun)return {lost:true};
  const place=begun.headers.get('location');
  if(!place)return {end:await begun.json().catch(()=>null)};
  shelf.put(keyOf(file),place.split('/').pop());
  return {place,at:0};
}
async function send(file,onPart){
  const begun=await begin(file);
  if(!begun.place)return begun;
  const {place}=begun;
  let at=begun.at;
  onPart(at/file.size);
  while(at<file.size){
    const body=file.slice(at,at+1048576);
    const headers={...tus,'content-type':'application/offset+octet-stream','upload-offset':String(at)};
    const sent=await ask((signal)=>fetch(place,{method:'PATCH',headers,body,signal}));
    if(!sent)return {lost:true};
    if(!sent.ok&&sent.status!==409){
      shelf.drop(keyOf(file));
      return {end:await sent.json().catch(()=>null)};
    }
    at=Number(sent.headers.get('upload-offset'));
    onPart(at/file.size);
  }
  const end=await ask((signal)=>fetch(place,{signal}));
  if(!end)return {lost:true};
  shelf.drop(keyOf(file));
  return {end:await end.json().catch(()=>null)};
}
function row(input,name){
  const item=document.createElement('p');
  item.className='sent';
  const label=document.createElement('span');
  label.textContent=name;
  const bar=document.createElement('progress');
  bar.max=1;bar.value=0;bar.setAttribute('aria-label',told.sending+' '+name);
  item.append(label,bar);
  // In the order in which they were chosen: the first one is the first that is shown.
  let last=input.closest('p');
  while(last.nextElementSibling?.classList.contains('sent'))last=last.nextElementSibling;
  last.after(item);
  return {item,label,bar};
}
async function take(input,file,shown){
  const {item,label,bar}=shown||row(input,file.name);
  open++;state();
  const {end,lost}=await send(file,(part)=>{bar.value=part});
  open--;state();
  if(lost){
    const more=document.createElement('button');
    more.type='button';more.className='quiet';more.textContent=told.goOn;
    more.setAttribute('aria-label',told.goOn+' '+file.name);
    label.textContent=file.name+': '+told.words.unreachable;
    item.setAttribute('role','alert');
    more.onclick=()=>{more.remove();item.removeAttribute('role');label.textContent=file.name;take(input,file,{item,label,bar})};
    item.append(more);
    return;
  }
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
