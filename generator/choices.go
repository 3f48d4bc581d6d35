package generator

import (
	"github.com/seed-a7989e22/apigen/generator/build"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/load"
)

// source says where the document of a client is and what of it to read.
func source(client config.Client, cfg Config) load.Options {
	opts := load.Options{Path: client.Spec, AllowRemote: cfg.AllowRemote, AllowRemoteRefs: cfg.AllowRemoteRefs, Filter: client.Filter}
	for _, o := range client.Overlays {
		opts.Overlays = append(opts.Overlays, load.Overlay(o))
	}
	return opts
}

// choices are those of the configuration that shape the Go code.
func choices(client config.Client) build.Options {
	opts := build.Options{
		Package:       client.Package,
		Initialisms:   client.Initialisms,
		TrustGoTypes:  client.TrustGoTypes,
		KeepUnknown:   client.KeepUnknown,
		ExactTypes:    client.ExactTypes,
		IgnoreFormats: client.IgnoreFormats,
		Enums: map[config.Enums]build.EnumMode{
			config.EnumsOpen: build.EnumsOpen, config.EnumsClosed: build.EnumsClosed,
		}[client.Enums],
	}
	for _, n := range client.Names {
		opts.Renames = append(opts.Renames, build.Rename(n))
	}
	for _, t := range client.Types {
		opts.Types = append(opts.Types, build.Retype{
			Format: t.Format, Schema: t.Schema, Type: ir.GoType{Import: t.Import, Name: t.GoName}, Pos: t.Pos,
		})
	}
	return opts
}
