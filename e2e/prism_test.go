//go:build e2e

package e2e

import (
	"bufio"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// prism is the command line of the locked Prism.
const prism = "node_modules/@stoplight/prism-cli/dist/index.js"

var (
	listening = regexp.MustCompile(`Prism is listening on (http://\S+)`)
	violation = regexp.MustCompile(`Violation: .*|did not pass the validation rules.*|✖.*`)
)

// startPrism serves a document on a free port of loopback until the test ends
// and returns the URL. The test fails when Prism reports a violation.
func startPrism(t *testing.T, document string) string {
	t.Helper()
	cmd := exec.Command("node", prism, "mock", "--errors", "-h", "127.0.0.1", "-p", "0", document)
	output, writer := io.Pipe()
	cmd.Stdout, cmd.Stderr = writer, writer
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	urls := make(chan string, 1)
	var (
		log  strings.Builder
		done sync.WaitGroup
	)
	done.Go(func() {
		lines := bufio.NewScanner(output)
		for lines.Scan() {
			log.WriteString(lines.Text() + "\n")
			if match := listening.FindStringSubmatch(lines.Text()); match != nil {
				urls <- match[1]
			}
		}
	})
	stop := func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // killed: the error says nothing
		_ = writer.Close()
		done.Wait()
	}
	select {
	case url := <-urls:
		t.Cleanup(func() {
			stop()
			for _, line := range violation.FindAllString(log.String(), -1) {
				t.Errorf("Prism: %s", line)
			}
			if t.Failed() {
				t.Logf("Prism's log of %s:\n%s", document, log.String())
			}
		})
		return url
	case <-time.After(time.Minute):
		stop()
		t.Fatalf("Prism does not listen:\n%s", log.String())
		return ""
	}
}
