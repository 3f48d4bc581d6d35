package main

import (
	"fmt"
	"sync"
	"time"

	"github.com/seed-a7989e22/apigen/generator"
)

const (
	// patience is how long a run may take without a word.
	patience = time.Second
	// redraw is how often the line is drawn.
	redraw = 100 * time.Millisecond
)

// progress shows on the terminal what takes so long: one line that is drawn
// over again and disappears at the end.
type progress struct {
	console *console
	start   time.Time
	done    chan struct{}
	drawing sync.WaitGroup

	mu     sync.Mutex
	latest generator.Progress
}

// startProgress returns nil where progress is not shown: when nobody looks at
// a terminal, or wants to be told.
func (c *console) startProgress() *progress {
	if c.width == 0 || c.quiet || c.json() {
		return nil
	}
	p := &progress{console: c, start: time.Now(), done: make(chan struct{})}
	p.drawing.Go(p.draw)
	return p
}

// update is told by the generator what it does now.
func (p *progress) update(latest generator.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.latest = latest
}

// stop ends the drawing and removes the line.
func (p *progress) stop() {
	if p == nil {
		return
	}
	close(p.done)
	p.drawing.Wait()
}

func (p *progress) draw() {
	tick := time.NewTicker(redraw)
	defer tick.Stop()
	drawn := false
	for {
		select {
		case now := <-tick.C:
			if elapsed := now.Sub(p.start); elapsed >= patience {
				fmt.Fprint(p.console.err, "\r\x1b[K"+p.line(elapsed))
				drawn = true
			}
		case <-p.done:
			if drawn {
				fmt.Fprint(p.console.err, "\r\x1b[K")
			}
			return
		}
	}
}

// line tells elapsed time, document, stage and number of operations, within
// the width of the terminal.
func (p *progress) line(elapsed time.Duration) string {
	p.mu.Lock()
	latest := p.latest
	p.mu.Unlock()
	text := fmt.Sprintf("gen: %.1fs", elapsed.Seconds())
	if latest.Stage != "" {
		text += fmt.Sprintf(" %s: %s", slash(latest.Document), latest.Stage)
	}
	if latest.Operations > 0 {
		text += ", " + count(latest.Operations, "operation")
	}
	text = harmless(text)
	return text[:skip(text, p.console.width-1)]
}
