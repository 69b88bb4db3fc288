// Command reader answers cases with Go's own readers of signed notes and tree proofs: JSON cases on standard input, one
// verdict a line on standard output, "good" or "bad".
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A Case is a note with its key, or the proof that a leaf or an earlier tree is in a tree. Hashes are in base 64.
type Case struct {
	Key, Note        string
	Index, Old, Size int64
	Leaf, Root       tlog.Hash
	Proof            []tlog.Hash
}

func check(c Case) error {
	switch {
	case c.Note != "":
		verifier, err := note.NewVerifier(c.Key)
		if err != nil {
			return err
		}
		_, err = note.Open([]byte(c.Note), note.VerifierList(verifier))
		return err
	case c.Old > 0:
		return tlog.CheckTree(c.Proof, c.Size, c.Root, c.Old, c.Leaf)
	default:
		return tlog.CheckRecord(c.Proof, c.Size, c.Root, c.Index, c.Leaf)
	}
}

func main() {
	var cases []Case
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		panic(err)
	}
	for _, c := range cases {
		if check(c) == nil {
			fmt.Println("good")
		} else {
			fmt.Println("bad")
		}
	}
}
