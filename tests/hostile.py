"""Code of an attacker, once a line: to be put into templates on purpose, and typed as text.

``@OUT@`` stands for a folder outside, which holds ``secret.txt`` and ``font.otf``.
"""

from __future__ import annotations

READ = r"\newread\stream \openin\stream={FILE} \ifeof\stream\else\read\stream to\x \x\fi"
WRITE = r"\newwrite\stream \immediate\openout\stream={FILE} \immediate\write\stream{x}"

# What gives away a file of another folder, if it works.
READS = {
    "input": r"\input{@OUT@/secret.txt}",
    "input-primitive": r"\csname @@input\endcsname @OUT@/secret.txt ",
    "input-above": r"\input{../../secret.txt}",
    "input-at-home": r"\input{~/secret.txt}",
    "input-home-variable": r"\csname @@input\endcsname $HOME/secret.txt ",
    "input-root-variable": r"\csname @@input\endcsname $SELFAUTOPARENT@OUT@/secret.txt ",
    "input-of-a-user": r"\csname @@input\endcsname \string~root/.profile ",
    "input-passwords": r"\input{/etc/passwd}",
    "input-self": r"\input{/proc/self/environ}",
    "input-pipe": r'\input{|"cat @OUT@/secret.txt"}',
    "openin": READ.replace("FILE", "@OUT@/secret.txt"),
    "openin-above": READ.replace("FILE", "../../secret.txt"),
    "openin-home-variable": READ.replace("FILE", "$HOME/secret.txt"),
    "openin-root-variable": READ.replace("FILE", "$SELFAUTOPARENT@OUT@/secret.txt"),
    "openin-at-home": READ.replace("FILE", r"\string~/secret.txt"),
    "openin-pipe": READ.replace("FILE", '|"cat @OUT@/secret.txt"'),
    "picture": r'\XeTeXpicfile "@OUT@/picture.png" ',
    "pdf-page": r'\XeTeXpdffile "@OUT@/page.pdf" page 1 ',
    "font": r'\font\x="[@OUT@/font.otf]" \x stolen',
    "font-above": r'\font\x="[../../font.otf]" \x stolen',
    "font-glyph": r'\font\x="[@OUT@/font.otf]" \x \XeTeXglyph 5 ',
    "font-metrics": r"\font\x=@OUT@/secret.txt \x stolen",
    "font-mapping": r'\font\x="[lmroman10-regular.otf]:mapping=@OUT@/secret" \x stolen',
    "special-stream": r"\special{pdf:fstream @x (@OUT@/secret.txt)}"
    r"\special{pdf:put @catalog <</X @x>>}",
    "special-picture": r"\special{pdf:image (@OUT@/picture.png)}",
    "special-page": r"\special{pdf:epdf (@OUT@/page.pdf)}",
    "special-map": r"\special{pdf:mapfile @OUT@/secret.txt}",
    "special-map-line": r"\special{pdf:mapline x y <@OUT@/font.otf}",
    "special-xetex-map": r"\special{x:fontmapfile @OUT@/secret.txt}",
    "special-postscript": r"\special{psfile=@OUT@/secret.txt}",
    "special-plot": r"\special{ps: plotfile @OUT@/secret.txt}",
    "special-config": r"\special{dvipdfmx:config i @OUT@/secret.txt}",
    "special-unicode": r"\special{pdf:tounicode @OUT@/secret.txt}",
}
# What leaves something in another folder, if it works.
WRITES = {
    "openout": WRITE.replace("FILE", "@OUT@/written"),
    "openout-over": WRITE.replace("FILE", "@OUT@/secret.txt"),
    "openout-above": WRITE.replace("FILE", "../../written"),
    "openout-at-home": WRITE.replace("FILE", "~/written"),
    "openout-home-variable": WRITE.replace("FILE", "$HOME/written"),
    "openout-hidden": WRITE.replace("FILE", ".written"),
    "openout-pipe": WRITE.replace("FILE", '|"tee @OUT@/written"'),
    "shell": r"\immediate\write18{touch @OUT@/written}",
    "shell-late": r"\write18{touch @OUT@/written}",
    "shell-font": r'\font\x="|touch @OUT@/written" ',
    "special-program": r'\special{dvipdfmx:config D "touch @OUT@/written"}',
}
# What writes over files of its own job: nobody else's business, but the PDF must not be believed.
OVER_ITSELF = {
    "over-the-class": WRITE.replace("FILE", "cvforge-classic.cls"),
    "over-the-document": WRITE.replace("FILE", "cv.tex"),
    "over-the-pages": WRITE.replace("FILE", "cv.xdv") + r"\csname @@end\endcsname",
    "over-the-pdf": WRITE.replace("FILE", "cv.pdf"),
    "over-the-log": WRITE.replace("FILE", "cv.log"),
}
# What does not end by itself, or uses up what there is.
ENDLESS = {
    "loop": r"\loop\iftrue\repeat",
    "macro": r"\def\a{\a}\a",
    "recursion": r"\def\a{\a x}\a",
    "groups": r"\def\a{\begingroup\a}\a",
    "input-itself": r"\def\a{\input{cvforge-core.sty}\a}\a",
    "doubling": r"\def\a{\edef\b{\b\b xxxxxxxx}\a}\def\b{x}\a",
    "tokens": r"\newtoks\t \def\a{\t=\expandafter{\the\t\the\t xxxxxxxx}\a}\t{x}\a",
    "names": r"\newcount\n \def\a{\advance\n1 \expandafter\def\csname x\the\n\endcsname{}\a}\a",
    "high-page": r"\vrule height 16383pt depth 16383pt width 16383pt \def\a{\null\newpage\a}\a",
    "pages": r"\def\a{\shipout\hbox{}\a}\a",
    "boxes": r"\newbox\b \def\a{\setbox\b\hbox{\copy\b\copy\b x}\a}\a",
    "large-page": r"\setbox0\hbox{\loop\hbox{x}\ifnum\count255<1000000 \advance\count255 1 \repeat}"
    r"\shipout\box0 ",
    "terminal": r"\def\a{\immediate\write16{xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}\a}\a",
    "log": r"\def\a{\immediate\write-1{xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}\a}\a",
    "file": WRITE.replace("FILE", "own") + r"\def\a{\immediate\write\stream{xxxxxxxxxxxxxx}\a}\a",
    "question": r"\def\a{\typein{x}\a}\a",
    "fraction": r"\def\a{\hbox\bgroup\a}\a",
}
# What Lua adds to that, in LuaLaTeX.
LUA = {
    "read": r"\directlua{local f = io.open('@OUT@/secret.txt') if f then tex.print(f:read()) end}",
    "read-passwords": r"\directlua{for l in io.lines('/etc/passwd') do texio.write_nl(l) end}",
    "read-lines": r"\directlua{for l in io.lines('@OUT@/secret.txt') do texio.write_nl(l) end}",
    "read-as-code": r"\directlua{dofile('@OUT@/secret.txt')}",
    "read-folder": r"\directlua{for n in lfs.dir('@OUT@') do texio.write_nl('found ' .. n) end}",
    "read-by-kpse": r"\directlua{texio.write_nl(kpse.find_file('@OUT@/secret.txt', 'tex') or '')}",
    "write": r"\directlua{local f = io.open('@OUT@/written', 'w') if f then f:close() end}",
    "remove": r"\directlua{os.remove('@OUT@/secret.txt')}",
    "rename": r"\directlua{os.rename('@OUT@/secret.txt', '@OUT@/written')}",
    "folder": r"\directlua{lfs.mkdir('@OUT@/written')}",
    "execute": r"\directlua{os.execute('touch @OUT@/written')}",
    "popen": r"\directlua{io.popen('touch @OUT@/written')}",
    "spawn": r"\directlua{os.spawn({'touch', '@OUT@/written'})}",
    "exec": r"\directlua{os.exec({'touch', '@OUT@/written'})}",
    "library": r"\directlua{local f = require('ffi') f.cdef('int system(const char *);')"
    r" f.C.system('touch @OUT@/written')}",
    "socket": r"\directlua{require('socket').connect('192.0.2.1', 80)}",
    "environment": r"\directlua{tex.print(os.getenv('CVFORGE_SECRET') or 'unseen')}",
    "cache": r"\directlua{local f = io.open(kpse.expand_var('$TEXMFVAR') .. '/written', 'w')"
    r" if f then f:write('x') f:close() end}",
    "link-to-read": r"\directlua{lfs.link('@OUT@/secret.txt', 'linked', true)"
    r" tex.print(io.open('linked'):read('*a'))}",
    "link-log": r"\directlua{os.remove('cv.log') lfs.link('@OUT@/secret.txt', 'cv.log', true)}",
    "leave-nothing": r"\directlua{os.exit(0)}",
    "forks": r"\directlua{local f = require('ffi') f.cdef('int fork(void);')"
    r" while true do f.C.fork() end}",
    "daemon": r"\directlua{local f = require('ffi') f.cdef('int fork(void); int setsid(void);"
    r" unsigned sleep(unsigned);') if f.C.fork() == 0 then f.C.setsid() f.C.sleep(600) end}",
}
LUA_ENDLESS = {
    "loop": r"\directlua{while true do end}",
    "memory": r"\directlua{local t = {} while true do table.insert(t, string.rep('x', 1e7)) end}",
    "terminal": r"\directlua{while true do texio.write('term', string.rep('x', 1e5)) end}",
    "forks": r"\directlua{while true do os.spawn({'sleep', '60'}) io.popen('sleep 60') end}",
}
XETEX = READS | WRITES | OVER_ITSELF


def placed(code: str, folder: object) -> str:
    """Return the code aimed at a folder."""
    return code.replace("@OUT@", str(folder))
