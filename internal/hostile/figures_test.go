package hostile

import "flag"

// figuresDir is the folder that the figures of docs/reliability.md are written
// to. With it, everything is tried; without, a part of it that has every
// payload and every place.
var figuresDir = flag.String("figures", "", "try everything and write the figures to this `folder`")
