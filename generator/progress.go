package generator

import (
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/ir"
)

// Progress tells how far a run is.
type Progress struct {
	// Document is the path of the document at work.
	Document string
	// Stage says in a few words what is being done.
	Stage string
	// Operations is the number of operations of the document; 0 until known.
	Operations int
}

// tell reports the start of a stage.
func (cfg Config) tell(client config.Client, stage string, api *ir.API) {
	if cfg.Progress == nil {
		return
	}
	p := Progress{Document: Shown(client.Spec), Stage: stage}
	if api != nil {
		for range api.Operations() {
			p.Operations++
		}
	}
	cfg.Progress(p)
}
