from tests.test_bad_input import *
import time
def test_dbg2(world: World) -> None:
    t=time.process_time(); sum(range(20_000_000)); print("cpu unit", time.process_time()-t)
    client = sign_in(world.maya)
    t=time.process_time()
    fs=forms_of_maya(world, client); print("crawl",time.process_time()-t)
    import tests.test_bad_input as m
    tt=Counter(); nn=Counter()
    orig=m.send
    def send(client, form, data):
        t=time.process_time(); r=orig(client,form,data); k=form.method+" "+without_numbers(urlsplit(form.action).path)+f" {r[0].status_code}"; tt[k]+=time.process_time()-t; nn[k]+=1; return r
    m.send=send
    t=time.process_time(); wrong,n=try_forms(client, fs); print("total",time.process_time()-t,n)
    for w in wrong: print(w)
    for k,v in tt.most_common(12): print(f"{v:6.1f} {nn[k]:5} {v/nn[k]*1000:.0f}ms {k}")
    t=time.process_time(); sum(range(20_000_000)); print("cpu unit", time.process_time()-t)
