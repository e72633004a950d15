"""A program that files are dragged out of, as a file manager is.

Says `ready` when it can be seen, at the upper left; `taken` where what is under the pointer would take the files; `ended` when they
were dropped, or nothing took them.
"""

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402


def give(_widget, _context, data, _info, _time):
    data.set_uris([GLib.filename_to_uri(path) for path in sys.argv[1:]])


def say(word):
    print(word, flush=True)


def asked(_context, action):
    if action == Gdk.DragAction.COPY:
        say("taken")


window = Gtk.Window(type=Gtk.WindowType.POPUP)
window.set_default_size(80, 40)
window.move(0, 0)
files = Gtk.EventBox()
files.add(Gtk.Label(label="Files"))
files.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
files.drag_source_add_uri_targets()
files.connect("drag-begin", lambda _, context: context.connect("action-changed", asked))
files.connect("drag-data-get", give)
files.connect("drag-end", lambda *_: say("ended"))
window.add(files)
window.connect("map-event", lambda *_: say("ready"))
window.add_events(Gdk.EventMask.STRUCTURE_MASK)
window.show_all()
Gtk.main()
